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
 * Times Spark MLlib's MultilayerPerceptronClassifier on generated examples. Its evaluations are Spark jobs; an evaluation is timed from
 * the end of one to the end of the next, with the solver's work between them.
 */
public final class MllibPeer {
    private static final int MOST = 500;
    private static final long LISTENER_MILLISECONDS = 10_000;

    private final JavaSparkContext context;
    private final Evaluations evaluations = new Evaluations();

    /** Hears of the jobs of this context from now on. */
    public MllibPeer(JavaSparkContext context) {
        this.context = context;
        context.sc().addSparkListener(evaluations);
    }

    /** What it multiplies matrices with. */
    public Blas blas() {
        return Blas.of(context);
    }

    /** When evaluations ended, in milliseconds. */
    private static final class Evaluations extends SparkListener {
        private final Set<Integer> running = new HashSet<>();
        private final List<Long> ends = new ArrayList<>();

        @Override
        public synchronized void onJobStart(SparkListenerJobStart job) {
            // both solvers add up the gradients of partitions in this way, and do nothing else so
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

        /** Those that ended since the last call. */
        synchronized List<Long> take() {
            List<Long> taken = List.copyOf(ends);
            ends.clear();
            return taken;
        }
    }

    /** What MLlib calls its solvers. */
    public enum Solver {
        /** Gradient descent. */
        GD("gd", 3),
        /** L-BFGS, with two evaluations at least in its first iteration, and often ten. */
        L_BFGS("l-bfgs", 1);

        private final String name;
        /** Iterations with an evaluation to time: the first one of a fit, which caches the data, is not timed. */
        private final int fewest;

        Solver(String name, int fewest) {
            this.name = name;
            this.fewest = fewest;
        }
    }

    /** Whether MLlib can train a net of this shape: softmax outputs, with sigmoids below them. */
    public static boolean trains(Topology topology) {
        return topology.output() == Output.SOFTMAX
                && topology.hidden().stream()
                        .allMatch(activation -> activation.name().equals("SIGMOID"));
    }

    /**
     * Milliseconds of an evaluation, in each of some repetitions.
     *
     * @param length of each repetition, about
     */
    public List<Double> measure(
            ExampleSource source, Topology topology, Solver solver, Duration length, int repetitions) {
        Dataset<Row> examples = examples(source).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            examples.count();
            double estimate = fit(examples, topology, solver, solver.fewest);
            int iterations = (int) Math.max(solver.fewest, Math.min(MOST, length.toNanos() / 1e6 / estimate));
            if (iterations > solver.fewest) {
                // the first fits are slow, whatever they do
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

    /** Milliseconds of an evaluation. */
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
        List<Long> ends = evaluations.take();
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

    /** The same examples as rows, a like part of them in each partition. */
    private record MakeRows(ExampleSource source, int partitions)
            implements Function2<Integer, Iterator<Integer>, Iterator<Row>> {
        @Override
        public Iterator<Row> call(Integer partition, Iterator<Integer> nothing) {
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
