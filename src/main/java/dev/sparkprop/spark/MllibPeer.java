package dev.sparkprop.spark;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Tile;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Times Spark MLlib's MultilayerPerceptronClassifier on generated examples. Its evaluations are Spark jobs, which are counted; what a
 * fit costs beside them is taken off, as measured by fits without an iteration.
 */
public final class MllibPeer {
    /** Iterations from which the length of one is estimated. */
    private static final int FEW = 2;

    private static final int MOST = 500;
    private static final long LISTENER_MILLISECONDS = 10_000;

    private final JavaSparkContext context;
    private final AtomicLong jobs = new AtomicLong();

    /** Counts the jobs of this context from now on. */
    public MllibPeer(JavaSparkContext context) {
        this.context = context;
        context.sc().addSparkListener(new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                jobs.incrementAndGet();
            }
        });
    }

    /** What MLlib calls its solvers. */
    public enum Solver {
        /** Gradient descent. */
        GD("gd"),
        /** L-BFGS. */
        L_BFGS("l-bfgs");

        private final String name;

        Solver(String name) {
            this.name = name;
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
            // the first fit is slow, whatever it does
            fit(examples, topology, solver, FEW);
            Fit none = fit(examples, topology, solver, 0);
            double estimate = milliseconds(none, fit(examples, topology, solver, FEW));
            int iterations = (int) Math.max(FEW, Math.min(MOST, length.toNanos() / 1e6 / estimate));
            List<Double> milliseconds = new ArrayList<>();
            for (int repetition = 0; repetition < repetitions; repetition++) {
                milliseconds.add(milliseconds(none, fit(examples, topology, solver, iterations)));
            }
            return milliseconds;
        } finally {
            examples.unpersist(true);
        }
    }

    private static double milliseconds(Fit none, Fit some) {
        return Math.max(1e-3, (some.milliseconds - none.milliseconds) / Math.max(1, some.jobs - none.jobs));
    }

    private record Fit(double milliseconds, long jobs) {}

    private Fit fit(Dataset<Row> examples, Topology topology, Solver solver, int iterations) {
        MultilayerPerceptronClassifier classifier = new MultilayerPerceptronClassifier()
                .setLayers(
                        topology.layers().stream().mapToInt(Integer::intValue).toArray())
                .setSolver(solver.name)
                .setSeed(1)
                .setTol(0)
                .setMaxIter(iterations);
        long before = jobs();
        long start = System.nanoTime();
        classifier.fit(examples);
        double milliseconds = (System.nanoTime() - start) / 1e6;
        return new Fit(milliseconds, jobs() - before);
    }

    private long jobs() {
        try {
            context.sc().listenerBus().waitUntilEmpty(LISTENER_MILLISECONDS);
        } catch (TimeoutException e) {
            // then some jobs are counted with the next fit
        }
        return jobs.get();
    }

    private Dataset<Row> examples(ExampleSource source) {
        int partitions = context.defaultParallelism();
        StructType schema =
                new StructType().add("features", SQLDataTypes.VectorType()).add("label", DataTypes.DoubleType);
        return FileExamples.session(context)
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
