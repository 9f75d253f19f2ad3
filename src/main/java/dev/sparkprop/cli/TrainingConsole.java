package dev.sparkprop.cli;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.diagnosis.Symptom;
import dev.sparkprop.network.ConstantName;
import dev.sparkprop.spark.ShardedDataset;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.training.Batches;
import dev.sparkprop.training.Iteration;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.StopReason;
import java.util.List;
import java.util.Locale;

/** What a training tells whoever started it. */
final class TrainingConsole implements Console {
    private final TrainingPlan plan;
    private final LiveLine out;
    /** Whether nothing but warnings and results is told. */
    private final boolean quiet;

    private TrainingConsole(TrainingPlan plan, LiveLine out, boolean quiet) {
        this.plan = plan;
        this.out = out;
        this.quiet = quiet;
    }

    /** One that tells all there is. */
    static TrainingConsole whole(TrainingPlan plan, LiveLine out) {
        return new TrainingConsole(plan, out, false);
    }

    /** One that tells warnings and, at the end, costs, hash, diagnosis and report. */
    static TrainingConsole quiet(TrainingPlan plan, LiveLine out) {
        return new TrainingConsole(plan, out, true);
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
        plan.kernels().warning().ifPresent(this::warning);
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
            tell(
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

    /** How far a training is that begins now. */
    TrainingProgress progress(Batches batches) {
        int iterations = plan.schedule().iterations();
        return out.isTerminal()
                ? TrainingProgress.inPlace(iterations, batches::examplesIn, this::progress)
                : TrainingProgress.inLines(iterations, batches::examplesIn, this::progress);
    }

    /** The last word about how far it was. */
    void progressEnds() {
        out.clear();
    }

    /** What is the matter, when it is seen first. */
    void noticed(Symptom symptom) {
        print("Diagnosis at iteration %d, %s: %s%n", symptom.iteration(), symptom.rule(), symptom.text());
    }

    /** What is the matter at the end. */
    void diagnosis(List<Symptom> symptoms) {
        symptoms.forEach(symptom ->
                tell("Diagnosis, %s since iteration %d: %s%n", symptom.rule(), symptom.iteration(), symptom.text()));
    }

    void stopped(String by, int iterations, Object directory) {
        tell(
                "%nStopped by %s after iteration %d; the same command with --output %s --resume goes on from there%n",
                by, iterations, directory);
    }

    void end(RunRecord.Result end, Ledger.Times times, int cores, Model model, boolean bestIsKept, boolean validation) {
        print(
                "%n%s in %.1f s: %.4g examples/s, %.3g ms an iteration%n",
                count(end.iterations(), "iteration"),
                end.seconds(),
                end.examplesPerSecond(),
                end.millisecondsPerIteration());
        if (!quiet) {
            double examples = end.examplesPerSecond() * end.seconds() / end.evaluations();
            print("%s", new TimesText(plan, cores).of(times, examples));
        }
        if (end.reason().equals(ConstantName.of(StopReason.CONVERGED))) {
            line("Converged: no step lowers the cost any more");
        } else if (!end.reason().equals(ConstantName.of(StopReason.ITERATIONS))) {
            tell("Stopped by training.stop.%s%n", end.reason());
        }
        tell("Final cost %.8f", end.cost());
        tell(end.accuracy() == null ? "%n" : ", accuracy %.4f%n", end.accuracy());
        if (bestIsKept) {
            tell(
                    "Lowest cost%s %.8f, at iteration %d: the model has the parameters of that iteration%n",
                    validation ? " of validation" : "",
                    end.best().cost(),
                    end.best().iteration());
        }
        tell("Parameters SHA-256 %s%n", end.parametersSha256());
        if (TruthTable.suits(model.topology())) {
            print("%n%s%n", TruthTable.of(model));
        }
    }

    void report(String file) {
        tell("Report: %s%n", file);
    }

    @Override
    public void line(String text) {
        print("%s%n", text);
    }

    @Override
    public void warning(String text) {
        tell("%s%n", text);
    }

    @Override
    public void progress(String text) {
        if (!out.isTerminal()) {
            line(text);
        } else if (!quiet) {
            out.show(text);
        }
    }

    /** Such as {@code 1 row} or {@code 1,234 rows}. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, number == 1 ? "%,d %s" : "%,d %ss", number, noun);
    }

    /** Prints what is of no interest to somebody who wants to be left in peace. */
    private void print(String format, Object... values) {
        if (!quiet) {
            tell(format, values);
        }
    }

    private void tell(String format, Object... values) {
        out.print(String.format(Locale.ROOT, format, values));
    }
}
