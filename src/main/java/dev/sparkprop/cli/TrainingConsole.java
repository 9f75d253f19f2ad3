package dev.sparkprop.cli;

import dev.sparkprop.benchmark.KernelRate;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.Tile;
import dev.sparkprop.network.ConstantName;
import dev.sparkprop.spark.ShardedDataset;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.training.Batches;
import dev.sparkprop.training.Iteration;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.Ledger.Phase;
import dev.sparkprop.training.StopReason;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a training tells whoever started it. */
final class TrainingConsole {
    /** Share of an iteration that Spark may take where it is worth its cost. */
    private static final double SMALL_OVERHEAD = 0.1;

    /** Milliseconds in which a task computes so much that what it does beside it hardly counts. */
    private static final double LONG_COMPUTE = 20;

    private static final long MEASURED_EXAMPLES = 1 << 16;

    private final TrainingPlan plan;
    private final PrintStream out;

    TrainingConsole(TrainingPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    void start(RunRecord record, String engine, Batches batches, Object directory) {
        print(
                "sparkprop %s with %s kernels (executors: %s): %s, a %s net with %s%n",
                Main.version(),
                record.kernels().driver(),
                String.join(", ", record.kernels().executors()),
                plan.name(),
                plan.topology(),
                count(plan.topology().parameterCount(), "parameter"));
        plan.kernels().warning().ifPresent(this::line);
        print(
                "Data: %s, %s in %s of at most %,d%s%n",
                plan.sourceName(),
                count(record.data().examples(), "example"),
                count(record.data().shards(), "shard"),
                record.data().shardExamples(),
                record.data().validation() == null
                        ? ""
                        : ", and " + count(record.data().validation(), "example") + " to validate with");
        if (!batches.whole()) {
            print(
                    "Batches of %s, %,d in an epoch; cost and accuracy are those of each batch%n",
                    count(batches.size(), "example"), batches.perEpoch());
        }
        print(
                "Spark %s on %s, %s, %s; %s%n",
                record.versions().get("spark"),
                record.cluster().master(),
                count(record.cluster().cores(), "core"),
                count(record.cluster().partitions(), "partition"),
                engine);
        print("Output: %s%n", directory);
        if (record.resumedFrom() != null) {
            print("Going on from the checkpoint of iteration %d%n", record.resumedFrom());
        }
    }

    void packed(ShardedDataset dataset, double seconds) {
        print("Data packed in %.1f s: %,d bytes in memory%n", seconds, dataset.bytesInMemory());
        if (dataset.bytesOnDisk() > 0) {
            print(
                    "%,d MiB found no room in memory and are read from disk in each iteration; give executors more,"
                            + " with --spark spark.executor.memory (local: spark.driver.memory)%n",
                    dataset.bytesOnDisk() >> 20);
        }
    }

    /** The heads of the columns of {@link #iteration}. */
    void columns(boolean validation) {
        print(
                "%n%9s  %10s  %8s  %s%11s%n",
                "iteration", "cost", "accuracy", validation ? "validation  accuracy  " : "", "examples/s");
    }

    void iteration(Iteration iteration, boolean validation) {
        print(
                "%9d  %10.8f  %8s  %s%11.4g%n",
                iteration.number(),
                iteration.cost(),
                share(iteration.accuracy()),
                validation
                        ? iteration
                                .validation()
                                .map(score -> String.format(
                                        Locale.ROOT, "%10.8f  %8s  ", score.cost(), share(score.accuracy())))
                                .orElse(String.format(Locale.ROOT, "%10s  %8s  ", "-", "-"))
                        : "",
                iteration.examplesPerSecond());
    }

    private static String share(double accuracy) {
        return Double.isNaN(accuracy) ? "-" : String.format(Locale.ROOT, "%.4f", accuracy);
    }

    void stopped(String by, int iterations, Object directory) {
        print(
                "%nStopped by %s after iteration %d; the same command with --output %s --resume goes on from there%n",
                by, iterations, directory);
    }

    /** To one digit, such as 30,000. */
    private static String roughly(double number) {
        return String.format(Locale.ROOT, "%,.0f", new BigDecimal(number).round(new MathContext(1)));
    }

    /** The rate of tasks that have enough to do; measured here and now where those of the run had little. */
    private double examplesPerMillisecond(Ledger.Times times, double examples, int cores) {
        double compute = times.milliseconds().get(Phase.COMPUTE);
        if (compute >= LONG_COMPUTE) {
            return examples / compute;
        }
        KernelRate rate = KernelRate.measure(
                plan.topology(), plan.kernels().kernels(), MEASURED_EXAMPLES, Duration.ofMillis(200));
        return Tile.EXAMPLES * cores / (1e3 * rate.secondsPerTile());
    }

    /** Where the time of iterations over so many examples went, on average. */
    private void times(Ledger.Times times, double examples, int cores) {
        double total = times.total();
        print(
                "Of these %s%s%n",
                times.milliseconds().entrySet().stream()
                        .filter(phase -> phase.getValue() >= total / 200)
                        .sorted(Map.Entry.<Phase, Double>comparingByValue().reversed())
                        .map(phase -> String.format(
                                Locale.ROOT,
                                "%s %.0f %%",
                                ConstantName.of(phase.getKey()),
                                100 * phase.getValue() / total))
                        .collect(Collectors.joining(", ")),
                times.stragglers() > 1
                        ? String.format(
                                Locale.ROOT,
                                "; the slowest task of an evaluation takes %.2f times as long as the mean one",
                                times.stragglers())
                        : "");
        double overhead = times.overhead();
        print("Spark's overhead is %.0f %% of an iteration", 100 * overhead / total);
        if (overhead > SMALL_OVERHEAD * total) {
            double enough = overhead * (1 / SMALL_OVERHEAD - 1) * examplesPerMillisecond(times, examples, cores);
            print("; from about %s examples on it falls below %.0f %%", roughly(enough), 100 * SMALL_OVERHEAD);
        }
        print("%n");
    }

    void end(RunRecord.Result end, Ledger.Times times, int cores, Model model, boolean bestIsKept, boolean validation) {
        print(
                "%n%s in %.1f s: %.4g examples/s, %.3g ms an iteration%n",
                count(end.iterations(), "iteration"),
                end.seconds(),
                end.examplesPerSecond(),
                end.millisecondsPerIteration());
        times(times, end.examplesPerSecond() * end.seconds() / end.evaluations(), cores);
        if (end.reason().equals(ConstantName.of(StopReason.CONVERGED))) {
            line("Converged: no step lowers the cost any more");
        } else if (!end.reason().equals(ConstantName.of(StopReason.ITERATIONS))) {
            print("Stopped by training.stop.%s%n", end.reason());
        }
        print("Final cost %.8f", end.cost());
        if (end.accuracy() != null) {
            print(", accuracy %.4f", end.accuracy());
        }
        print("%n");
        if (bestIsKept) {
            print(
                    "Lowest cost%s %.8f, at iteration %d: the model has the parameters of that iteration%n",
                    validation ? " of validation" : "",
                    end.best().cost(),
                    end.best().iteration());
        }
        print("Parameters SHA-256 %s%n", end.parametersSha256());
        if (TruthTable.suits(model.topology())) {
            print("%n%s%n", TruthTable.of(model));
        }
    }

    void report(String file) {
        print("Report: %s%n", file);
    }

    /** One line of text. */
    void line(String text) {
        print("%s%n", text);
    }

    /** Such as {@code 1 row} or {@code 1,234 rows}. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, number == 1 ? "%,d %s" : "%,d %ss", number, noun);
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }
}
