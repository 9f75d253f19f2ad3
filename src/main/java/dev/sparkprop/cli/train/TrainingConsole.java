package dev.sparkprop.cli.train;

import dev.sparkprop.cli.options.TruthTable;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.diagnosis.Symptom;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.run.LoopFacts;
import dev.sparkprop.run.PackedFacts;
import dev.sparkprop.run.RunObserver;
import dev.sparkprop.run.RunOutcome;
import dev.sparkprop.run.Version;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.text.Words;
import dev.sparkprop.training.Iteration;
import dev.sparkprop.training.StopReason;
import java.util.List;
import java.util.Locale;

/** Prints the events of a training. */
final class TrainingConsole implements RunObserver {
    private final TrainingPlan plan;
    private final LiveLine out;
    /** Whether nothing but warnings and results is told. */
    private final boolean quiet;

    private boolean validates;
    private TrainingProgress progress;

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

    @Override
    public void damaged(String warning) {
        System.err.println("sparkprop: " + warning);
    }

    @Override
    public void startsFromScratch(String directory) {
        tell("Nothing to go on from in %s: starting from scratch%n", directory);
    }

    @Override
    public void started(RunRecord record, String engine, LoopFacts loop, String directory) {
        Batches batches = loop.batches();
        print(
                "sparkprop %s with %s kernels (executors: %s): %s, a %s net with %s%n",
                Version.current(),
                record.kernels().driver(),
                String.join(", ", record.kernels().executors()),
                plan.name(),
                plan.topology(),
                Words.count(plan.topology().parameterCount(), "parameter"));
        plan.kernels().warning().ifPresent(this::warning);
        print(
                "Data: %s, %s in %s of at most %,d%s%n",
                plan.sourceName(),
                Words.count(record.data().examples(), "example"),
                Words.count(record.data().shards(), "shard"),
                record.data().shardExamples(),
                record.data().validation() == null
                        ? ""
                        : ", and " + Words.count(record.data().validation(), "example") + " to validate with");
        if (!batches.isWhole()) {
            print(
                    "Batches of %s, %,d in an epoch; cost and accuracy are those of each batch%n",
                    Words.count(batches.size(), "example"), batches.perEpoch());
        }
        print(
                "Spark %s on %s, %s, %s; %s%n",
                record.versions().get("spark"),
                record.cluster().master(),
                Words.count(record.cluster().cores(), "core"),
                Words.count(record.cluster().partitions(), "partition"),
                engine);
        print("Output: %s%n", directory);
        if (record.resumedFrom() != null) {
            print("Going on from the checkpoint of iteration %d%n", record.resumedFrom());
        }
    }

    @Override
    public void packed(PackedFacts dataset) {
        print("Data packed in %.1f s: %,d bytes in memory%n", dataset.seconds(), dataset.bytesInMemory());
        if (dataset.bytesOnDisk() > 0) {
            tell(
                    "%,d MiB found no room in memory and are read from disk in each iteration; give executors more,"
                            + " with --spark spark.executor.memory (local: spark.driver.memory)%n",
                    dataset.bytesOnDisk() >> 20);
        }
    }

    @Override
    public void loopBegins(LoopFacts loop) {
        validates = loop.validates();
        progress = out.isTerminal()
                ? TrainingProgress.inPlace(loop.iterations(), loop.batches()::examplesIn, this::progress)
                : TrainingProgress.inLines(loop.iterations(), loop.batches()::examplesIn, this::progress);
        print(
                "%n%9s  %10s  %8s  %s%11s%n",
                "iteration", "cost", "accuracy", validates ? "validation  accuracy  " : "", "examples/s");
    }

    @Override
    public void evaluated(int iteration, long evaluations, CostAndGradient evaluation) {
        progress.evaluated(iteration, evaluations, evaluation);
    }

    @Override
    public void logged(Iteration iteration) {
        print(
                "%9d  %10.8f  %8s  %s%11.4g%n",
                iteration.number(),
                iteration.cost(),
                share(iteration.accuracy()),
                validates
                        ? iteration
                                .validation()
                                .map(score -> String.format(
                                        Locale.ROOT, "%10.8f  %8s  ", score.cost(), share(score.accuracy())))
                                .orElse(String.format(Locale.ROOT, "%10s  %8s  ", "-", "-"))
                        : "",
                iteration.examplesPerSecond());
        progress.logged(iteration.number(), iteration.evaluations());
    }

    private static String share(double accuracy) {
        return Double.isNaN(accuracy) ? "-" : String.format(Locale.ROOT, "%.4f", accuracy);
    }

    @Override
    public void loopEnds() {
        out.clear();
    }

    @Override
    public void noticed(Symptom symptom) {
        print("Diagnosis at iteration %d, %s: %s%n", symptom.iteration(), symptom.rule(), symptom.text());
    }

    @Override
    public void failed(List<Symptom> symptoms) {
        diagnosis(symptoms);
    }

    private void diagnosis(List<Symptom> symptoms) {
        symptoms.forEach(symptom ->
                tell("Diagnosis, %s since iteration %d: %s%n", symptom.rule(), symptom.iteration(), symptom.text()));
    }

    void stopped(RunOutcome.Stopped run) {
        tell(
                "%nStopped by %s after iteration %d; the same command with --output %s --resume goes on from there%n",
                run.by(), run.iterations(), run.directory());
        diagnosis(run.diagnosis());
        run.report().ifPresent(this::reported);
    }

    /**
     * Prints the end of a training.
     *
     * @param examplesPerMillisecond that tasks compute if they have enough to do
     */
    void finished(RunOutcome.Finished run, double examplesPerMillisecond) {
        RunRecord.Result end = run.result();
        print(
                "%n%s in %.1f s: %.4g examples/s, %.3g ms an iteration%n",
                Words.count(end.iterations(), "iteration"),
                end.seconds(),
                end.examplesPerSecond(),
                end.millisecondsPerIteration());
        if (!quiet) {
            tell("%s", TimesText.of(run.times(), examplesPerMillisecond));
        }
        if (run.reason() == StopReason.CONVERGED) {
            line("Converged: no step lowers the cost any more");
        } else if (run.reason() != StopReason.ITERATIONS) {
            tell("Stopped by training.stop.%s%n", end.reason());
        }
        tell("Final cost %.8f", end.cost());
        tell(end.accuracy() == null ? "%n" : ", accuracy %.4f%n", end.accuracy());
        if (run.keepsBest()) {
            tell(
                    "Lowest cost%s %.8f, at iteration %d: the model has the parameters of that iteration%n",
                    run.validated() ? " of validation" : "",
                    end.best().cost(),
                    end.best().iteration());
        }
        tell("Parameters SHA-256 %s%n", end.parametersSha256());
        if (!quiet && TruthTable.suits(run.model().topology())) {
            tell("%n%s%n", TruthTable.of(run.model()));
        }
        diagnosis(run.diagnosis());
        run.report().ifPresent(this::reported);
    }

    @Override
    public void reported(String file) {
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
