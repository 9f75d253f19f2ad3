package dev.sparkprop.spark.peer;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Tile;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.dataset.TaskSlots;
import dev.sparkprop.spark.files.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Times Spark MLlib's MultilayerPerceptronClassifier on generated examples. Its evaluations are Spark jobs. An
 * evaluation is timed from the end of one job to the end of the next, including the solver's work between them.
 */
public final class MllibPeer {
    private static final int MAX_ITERATIONS = 500;
    private static final long LISTENER_MILLISECONDS = 10_000;

    private final JavaSparkContext context;
    private final Evaluations evaluations = new Evaluations();

    /** Starts listening to the jobs of a context. */
    public MllibPeer(JavaSparkContext context) {
        this.context = context;
        context.sc().addSparkListener(evaluations);
    }

    /** Returns the BLAS library that MLlib uses. */
    public Blas blas() {
        return Blas.of(context);
    }

    /** Records the times at which evaluations ended, in milliseconds. */
    private static final class Evaluations extends SparkListener {
        private final Set<Integer> running = new HashSet<>();
        private final List<Long> ends = new ArrayList<>();

        @Override
        public synchronized void onJobStart(SparkListenerJobStart job) {
            // both solvers use this operation for the gradients of the partitions, and for nothing else
            if (job.stageInfos().exists(stage -> stage.name().startsWith("treeAggregate"))) {
                running.add(job.jobId());
            }
        }

        @Override
        public synchronized void onJobEnd(SparkListenerJobEnd job) {
            if (running.remove(job.jobId())) {
                ends.add(job.time());
            }
        }

        /** Returns and removes the end times recorded since the last call. */
        synchronized List<Long> drain() {
            List<Long> drained = List.copyOf(ends);
            ends.clear();
            return drained;
        }
    }

    /** MLlib's solvers. */
    public enum Solver {
        /** Gradient descent. */
        GD("gd", 3),
        /** L-BFGS. Its first iteration takes at least two evaluations, and often ten. */
        L_BFGS("l-bfgs", 1);

        private final String name;
        /** Minimum number of iterations. A fit's first evaluation is not timed, because it caches the data. */
        private final int minIterations;

        Solver(String name, int minIterations) {
            this.name = name;
            this.minIterations = minIterations;
        }
    }

    /** Returns true if MLlib can train a network of this shape: softmax outputs and sigmoid hidden layers. */
    public static boolean trains(Topology topology) {
        return topology.output() == Output.SOFTMAX
                && topology.hidden().stream()
                        .allMatch(activation -> activation.name().equals("SIGMOID"));
    }

    /**
     * Returns the milliseconds per evaluation, for each repetition.
     *
     * @param length the approximate duration of a repetition
     */
    public List<Double> measure(
            ExampleSource source, Topology topology, Solver solver, Duration length, int repetitions) {
        Dataset<Row> examples = examples(source).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            examples.count();
            double estimate = fit(examples, topology, solver, solver.minIterations);
            int iterations =
                    (int) Math.max(solver.minIterations, Math.min(MAX_ITERATIONS, length.toNanos() / 1e6 / estimate));
            if (iterations > solver.minIterations) {
                // warm-up: the first fits are slow regardless of the number of iterations
                fit(examples, topology, solver, iterations);
            }
            List<Double> milliseconds = new ArrayList<>();
            for (int repetition = 0; repetition < repetitions; repetition++) {
                milliseconds.add(fit(examples, topology, solver, iterations));
            }
            return milliseconds;
        } catch (TimeoutException e) {
            throw new IllegalStateException("Spark's listeners are " + LISTENER_MILLISECONDS + " ms late", e);
        } finally {
            examples.unpersist(true);
        }
    }

    /** Returns the milliseconds per evaluation. */
    private double fit(Dataset<Row> examples, Topology topology, Solver solver, int iterations)
            throws TimeoutException {
        MultilayerPerceptronClassifier classifier = new MultilayerPerceptronClassifier()
                .setLayers(
                        topology.layers().stream().mapToInt(Integer::intValue).toArray())
                .setSolver(solver.name)
                .setSeed(1)
                .setTol(0)
                .setMaxIter(iterations);
        classifier.fit(examples);
        context.sc().listenerBus().waitUntilEmpty(LISTENER_MILLISECONDS);
        List<Long> ends = evaluations.drain();
        long milliseconds = ends.get(ends.size() - 1) - ends.get(0);
        return Math.max(1, milliseconds) / (double) (ends.size() - 1);
    }

    private Dataset<Row> examples(ExampleSource source) {
        int partitions = TaskSlots.of(context);
        StructType schema =
                new StructType().add("features", SQLDataTypes.VectorType()).add("label", DataTypes.DoubleType);
        return Sessions.of(context)
                .createDataFrame(
                        context.parallelize(Collections.<Integer>emptyList(), partitions)
                                .mapPartitionsWithIndex(new MakeRows(source, partitions), true),
                        schema);
    }

    /** Generates the same examples as rows, spread evenly over the partitions. */
    private record MakeRows(ExampleSource source, int partitions)
            implements Function2<Integer, Iterator<Integer>, Iterator<Row>> {
        @Override
        public Iterator<Row> call(Integer partition, Iterator<Integer> ignored) {
            float[] features = new float[source.features() * Tile.EXAMPLES];
            float[] targets = new float[source.targets() * Tile.EXAMPLES];
            long from = source.examples() * partition / partitions;
            long until = source.examples() * (partition + 1) / partitions;
            return LongStream.range(from, until)
                    .mapToObj(example -> row(example, features, targets))
                    .iterator();
        }

        private Row row(long example, float[] features, float[] targets) {
            source.write(example, features, 0, targets, 0);
            double[] values = new double[source.features()];
            for (int i = 0; i < values.length; i++) {
                values[i] = features[i * Tile.EXAMPLES];
            }
            int label = 0;
            for (int o = 1; o < source.targets(); o++) {
                label = targets[o * Tile.EXAMPLES] > targets[label * Tile.EXAMPLES] ? o : label;
            }
            return RowFactory.create(Vectors.dense(values), (double) label);
        }
    }
}
