package dev.sparkprop.cli.bench;

import dev.sparkprop.benchmark.CostModel;
import dev.sparkprop.benchmark.Throughput;
import dev.sparkprop.cli.options.PlanOptions;
import dev.sparkprop.cli.options.UsageException;
import dev.sparkprop.cli.options.WholeNumber;
import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.run.UtcTime;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.spark.peer.Blas;
import dev.sparkprop.spark.peer.MllibPeer;
import dev.sparkprop.text.ConstantName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "bench",
        description = {
            "Measure training speed on generated data for several data sizes, partitions and networks, and fit a cost model.",
            "No model is saved."
        })
public final class BenchCommand implements Callable<Integer> {
    private static final Map<String, Long> PROFILES = Map.of(
            "tiny", 4_000L, "small", 400_000L, "large", 40_000_000L, "huge", 400_000_000L, "gigantic", 4_000_000_000L);

    @Mixin
    private PlanOptions options;

    @Option(
            names = "--examples",
            paramLabel = "N",
            split = ",",
            defaultValue = "tiny,small,large",
            description =
                    "Numbers of examples, separated by commas, such as 4e6, or tiny (4e3), small (4e5), large (4e7), huge (4e8)"
                            + " and gigantic (4e9) (default: ${DEFAULT-VALUE}).")
    private List<String> examples;

    @Option(
            names = "--partitions",
            paramLabel = "P",
            split = ",",
            description = "Numbers of partitions, separated by commas (default: data.partitions).")
    private List<Integer> partitions = List.of();

    @Option(
            names = "--nets",
            paramLabel = "WIDTHS",
            split = ",",
            description = "Networks, such as 2-2-1,2-10-10-10-1 (default: network.layers).")
    private List<String> nets = List.of();

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measurements per point; the median is reported (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description =
                    "Minimum length of a measurement in seconds; at least one iteration is measured (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "3",
            description =
                    "Seconds of warm-up before the measurements of each point (default: ${DEFAULT-VALUE}), but at least two iterations."
                            + " The first warm-up takes three times as long.")
    private double warmUp;

    @Option(
            names = "--predict",
            paramLabel = "KEY=N",
            split = ",",
            description = "Predict the time per iteration for other numbers of cores and examples, such as"
                    + " cores=64,examples=1e9.")
    private Map<String, String> predict = Map.of();

    @Option(
            names = "--peer",
            paramLabel = "PEER",
            description =
                    "Also measure another program on the same examples. The only PEER is mllib: Spark's"
                            + " MultilayerPerceptronClassifier with both of its solvers. Requires sigmoid hidden layers and softmax outputs.")
    private Peer peer;

    /** Other implementations to measure on the same examples. */
    private enum Peer {
        MLLIB
    }

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Directory of bench.json and bench.csv (default: runs/bench/UTC-TIME).")
    private Path output;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            defaultValue = "runs/bench-history.csv",
            description = "File to append the rows of bench.csv to (default: ${DEFAULT-VALUE}).")
    private Path history;

    @Override
    public Integer call() throws Exception {
        check();
        Optional<Prediction> prediction = prediction();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<TrainingPlan> plans = plans();
        Path directory = output == null ? Path.of("runs/bench", UtcTime.name(now)) : output;
        ThroughputBenchmark benchmark =
                new ThroughputBenchmark(duration(warmUp), duration(seconds), repetitions, System.out::println);
        try (SparkConnection spark =
                new SparkConnection("bench " + plans.get(0).name(), plans.get(0).startTimeout())) {
            BenchReport report = new BenchReport(now, spark, plans.get(0).kernels(), System.out);
            MllibPeer mllib = peer == null ? null : new MllibPeer(spark.context());
            if (mllib != null) {
                report.setBlas(fair(mllib.blas()));
            }
            // the first jobs of a process take several times as long as later ones
            new ThroughputBenchmark(duration(3 * warmUp), Duration.ZERO, 1, System.out::println)
                    .measure(spark, plans.get(0));
            report.head();
            List<Throughput> points = new ArrayList<>();
            for (TrainingPlan plan : plans) {
                Throughput point = benchmark.measure(spark, plan);
                if (mllib != null) {
                    point = point.withPeers(benchmark.measureMllib(mllib, plan));
                }
                points.add(point);
                report.point(point);
                // after each point, so that an interrupted benchmark keeps its results
                report.write(directory, points);
            }
            report.addTo(history, points);
            CostModel model = CostModel.fit(points);
            report.model(model, points);
            prediction.ifPresent(
                    target -> report.prediction(model, points.get(points.size() - 1), target.cores, target.examples));
            report.printFiles(directory, history);
        }
        return 0;
    }

    /** Returns the BLAS unless it starts its own threads, which MLlib's documentation advises against. */
    private static Blas fair(Blas blas) throws UsageException {
        if (!blas.fair()) {
            throw new UsageException("Missing OPENBLAS_NUM_THREADS: " + blas
                    + " starts its own threads in each task (set it to 1, as MLlib's documentation recommends; on a cluster with"
                    + " --conf spark.executorEnv.OPENBLAS_NUM_THREADS=1; scripts/sparkprop sets both)");
        }
        return blas;
    }

    private void check() throws UsageException {
        if (repetitions < 1) {
            throw new UsageException("Invalid --repetitions: " + repetitions + " (must be at least 1)");
        }
        if (!(seconds >= 0 && seconds <= 1e6) || !(warmUp >= 0 && warmUp <= 1e6)) {
            throw new UsageException(
                    "Invalid --seconds or --warm-up: " + seconds + ", " + warmUp + " (must be seconds >= 0)");
        }
    }

    /** The numbers of cores and examples for which to predict the time per iteration. */
    private record Prediction(int cores, long examples) {}

    private Optional<Prediction> prediction() throws UsageException {
        if (predict.isEmpty()) {
            return Optional.empty();
        }
        if (!predict.keySet().equals(Set.of("cores", "examples"))) {
            throw new UsageException("Invalid --predict: " + predict + " (must have the form cores=64,examples=1e9)");
        }
        return Optional.of(new Prediction(
                (int) WholeNumber.parse("--predict cores", predict.get("cores"), Integer.MAX_VALUE),
                WholeNumber.parse("--predict examples", predict.get("examples"), Long.MAX_VALUE)));
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    /** Returns the points to measure, network by network. Reports all errors before the first measurement. */
    private List<TrainingPlan> plans() throws IOException, InvalidConfigException, UsageException {
        List<TrainingPlan> plans = new ArrayList<>();
        for (String net : nets.isEmpty() ? List.of("") : nets) {
            List<String> changed =
                    net.isEmpty() ? List.of() : List.of("network.layers=[" + net.replace("-", ",") + "]");
            for (String size : examples) {
                long count = PROFILES.containsKey(size)
                        ? PROFILES.get(size)
                        : WholeNumber.parse("--examples", size, Long.MAX_VALUE);
                plans.addAll(sized(changed, count));
            }
        }
        for (TrainingPlan plan : plans) {
            if (peer != null && !MllibPeer.trains(plan.topology())) {
                throw new UsageException("Invalid --peer: mllib for a network with "
                        + ConstantName.of(plan.topology().output())
                        + " outputs (MLlib supports only sigmoid hidden layers with softmax outputs)");
            }
        }
        return plans;
    }

    private List<TrainingPlan> sized(List<String> changed, long count)
            throws IOException, InvalidConfigException, UsageException {
        TrainingPlan base = read(changed, "data.copies=1", "data.examples=1");
        if (!(base.data() instanceof TrainingPlan.Generated generated)) {
            throw new UsageException(
                    "Invalid data.source: " + base.sourceName() + " (must be generated data: files cannot be resized)");
        }
        long rows = generated.source().examples();
        String copies = "data.copies=" + Math.max(1, count / rows);
        List<TrainingPlan> plans = new ArrayList<>();
        for (Integer partitionCount : partitions) {
            plans.add(read(changed, copies, "data.examples=" + count, "data.partitions=" + partitionCount));
        }
        return plans.isEmpty() ? List.of(read(changed, copies, "data.examples=" + count)) : plans;
    }

    private TrainingPlan read(List<String> changed, String... more) throws IOException, InvalidConfigException {
        List<String> all = new ArrayList<>(changed);
        all.addAll(List.of(more));
        return options.plan(all);
    }
}
