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
            "Times the training of a configuration with generated data while the data, their partitions and the net change, and tells"
                    + " what Spark costs and how it would be elsewhere.",
            "Nothing is learned for good: there is no model."
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
                    "Sizes of the data, separated by commas: numbers such as 4e6, or tiny (4e3), small (4e5), large (4e7), huge (4e8)"
                            + " and gigantic (4e9). Default: ${DEFAULT-VALUE}.")
    private List<String> examples;

    @Option(
            names = "--partitions",
            paramLabel = "P",
            split = ",",
            description = "Numbers of partitions, separated by commas (default: what data.partitions says).")
    private List<Integer> partitions = List.of();

    @Option(
            names = "--nets",
            paramLabel = "WIDTHS",
            split = ",",
            description = "Nets, such as 2-2-1,2-10-10-10-1 (default: what network.layers says).")
    private List<String> nets = List.of();

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measurements of each point, of which the median counts (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "Length of each measurement at least, an iteration at least (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "3",
            description =
                    "Seconds before them that do not count, two iterations at least; three times as long before the first point"
                            + " (default: ${DEFAULT-VALUE}).")
    private double warmUp;

    @Option(
            names = "--predict",
            paramLabel = "KEY=N",
            split = ",",
            description =
                    "Tell from the measurements how long an iteration would take with other cores and examples, such as"
                            + " cores=64,examples=1e9.")
    private Map<String, String> predict = Map.of();

    @Option(
            names = "--peer",
            paramLabel = "PEER",
            description =
                    "Time Spark MLlib's MultilayerPerceptronClassifier beside it, with both of its solvers, on the same examples: mllib."
                            + " For nets of sigmoids with softmax outputs.")
    private Peer peer;

    /** Others that are timed on the same examples. */
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
            description = "File to which the rows of bench.csv are added (default: ${DEFAULT-VALUE}).")
    private Path history;

    @Override
    public Integer call() throws Exception {
        check();
        Optional<Elsewhere> elsewhere = elsewhere();
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
                report.beside(fair(mllib.blas()));
            }
            // the first jobs of a process take several times as long, whatever they do
            new ThroughputBenchmark(duration(3 * warmUp), Duration.ZERO, 1, System.out::println)
                    .measure(spark, plans.get(0));
            report.head();
            List<Throughput> points = new ArrayList<>();
            for (TrainingPlan plan : plans) {
                Throughput point = benchmark.measure(spark, plan);
                if (mllib != null) {
                    point = point.beside(benchmark.measureMllib(mllib, plan));
                }
                points.add(point);
                report.point(point);
                // after each point, so that a sweep that is cut off has what it measured
                report.write(directory, points);
            }
            report.addTo(history, points);
            CostModel model = CostModel.fit(points);
            report.model(model, points);
            elsewhere.ifPresent(
                    there -> report.prediction(model, points.get(points.size() - 1), there.cores, there.examples));
            report.written(directory, history);
        }
        return 0;
    }

    /** A BLAS that computes as MLlib's documentation recommends, on one thread for each task. */
    private static Blas fair(Blas blas) throws UsageException {
        if (!blas.fair()) {
            throw new UsageException("Missing OPENBLAS_NUM_THREADS: " + blas
                    + " starts threads of its own in each task (set it to 1, as MLlib's documentation says, with"
                    + " --conf spark.executorEnv.OPENBLAS_NUM_THREADS=1 on a cluster; scripts/sparkprop does so)");
        }
        return blas;
    }

    private void check() throws UsageException {
        if (repetitions < 1) {
            throw new UsageException("Invalid --repetitions: " + repetitions + " (must be at least 1)");
        }
        if (!(seconds >= 0 && seconds <= 1e6) || !(warmUp >= 0 && warmUp <= 1e6)) {
            throw new UsageException(
                    "Invalid --seconds or --warm-up: " + seconds + ", " + warmUp + " (must be seconds, 0 or more)");
        }
    }

    /** Where an iteration is predicted. */
    private record Elsewhere(int cores, long examples) {}

    private Optional<Elsewhere> elsewhere() throws UsageException {
        if (predict.isEmpty()) {
            return Optional.empty();
        }
        if (!predict.keySet().equals(Set.of("cores", "examples"))) {
            throw new UsageException("Invalid --predict: " + predict + " (must be such as cores=64,examples=1e9)");
        }
        return Optional.of(new Elsewhere(
                (int) WholeNumber.parse("--predict cores", predict.get("cores"), Integer.MAX_VALUE),
                WholeNumber.parse("--predict examples", predict.get("examples"), Long.MAX_VALUE)));
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    /** All points, net by net, the data growing; every mistake in them is told before anything is timed. */
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
                throw new UsageException("Invalid --peer: mllib with a net of "
                        + ConstantName.of(plan.topology().output())
                        + " outputs (must be a net of sigmoids with softmax outputs, which alone MLlib has)");
            }
        }
        return plans;
    }

    private List<TrainingPlan> sized(List<String> changed, long count)
            throws IOException, InvalidConfigException, UsageException {
        TrainingPlan once = read(changed, "data.copies=1", "data.examples=1");
        if (!(once.data() instanceof TrainingPlan.Generated generated)) {
            throw new UsageException(
                    "Invalid data.source: " + once.sourceName() + " (must be generated: files cannot be made larger)");
        }
        long rows = generated.source().examples();
        String copies = "data.copies=" + Math.max(1, count / rows);
        List<TrainingPlan> plans = new ArrayList<>();
        for (Integer wanted : partitions) {
            plans.add(read(changed, copies, "data.examples=" + count, "data.partitions=" + wanted));
        }
        return plans.isEmpty() ? List.of(read(changed, copies, "data.examples=" + count)) : plans;
    }

    private TrainingPlan read(List<String> changed, String... more) throws IOException, InvalidConfigException {
        List<String> all = new ArrayList<>(changed);
        all.addAll(List.of(more));
        return options.plan(all);
    }
}
