package dev.sparkprop.cli.train;

import dev.sparkprop.cli.options.TruthTable;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.diagnosis.Symptom;
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

/** Prints the events of a training run. */
final class TrainingConsole implements RunObserver {
    private final TrainingPlan plan;
    private final LiveLine out;
    /** Whether to print warnings and results only. */
    private final boolean quiet;

    private boolean validates;
    private TrainingProgress progress;

    private TrainingConsole(TrainingPlan plan, LiveLine out, boolean quiet) {
        this.plan = plan;
        this.out = out;
        this.quiet = quiet;
    }

    /** Returns a console that prints all events. */
    static TrainingConsole verbose(TrainingPlan plan, LiveLine out) {
        return new TrainingConsole(plan, out, false);
    }

    /** Returns a console that prints warnings and, at the end, costs, hash, diagnosis and report. */
    static TrainingConsole quiet(TrainingPlan plan, LiveLine out) {
        return new TrainingConsole(plan, out, true);
    }

    @Override
    public void damaged(String warning) {
        System.err.println("sparkprop: " + warning);
    }

    @Override
    public void startsFromScratch(String directory) {
        printAlways("No checkpoint to resume from in %s: starting from scratch%n", directory);
    }

    @Override
    public void started(RunRecord record, String engine, LoopFacts loop, String directory) {
        print(
                "sparkprop %s with %s kernels (executors: %s): %s, a %s network with %s%n",
                Version.current(),
                record.kernels().driver(),
                String.join(", ", record.kernels().executors()),
                plan.name(),
                loop.topology(),
                Words.count(loop.topology().parameterCount(), "parameter"));
        plan.kernels().warning().ifPresent(this::warning);
        print(
                "Data: %s, %s in %s of at most %,d examples%s%n",
                plan.sourceName(),
                Words.count(record.data().examples(), "example"),
                Words.count(record.data().shards(), "shard"),
                record.data().shardExamples(),
                record.data().validation() == null
                        ? ""
                        : ", and " + Words.count(record.data().validation(), "validation example"));
        if (!loop.batches().isFullBatch()) {
            print(
                    "Batches of %s, %,d per epoch; cost and accuracy are those of the current batch%n",
                    Words.count(loop.batches().size(), "example"),
                    loop.batches().perEpoch());
        }
        print(
                "Spark %s on %s, %s, %s%s; %s%n",
                record.versions().get("spark"),
                record.cluster().master(),
                Words.count(record.cluster().cores(), "core"),
                Words.count(record.cluster().partitions(), "partition"),
                localMemory(record.cluster().master()),
                engine);
        print("Output: %s%n", directory);
        if (record.resumedFrom() != null) {
            print("Resuming from the checkpoint of iteration %d%n", record.resumedFrom());
        }
    }

    /** Returns the memory of this JVM if it stores the data, which is the case if tasks run in the driver. */
    private static String localMemory(String master) {
        String memory = ", " + Words.mebibytes(Runtime.getRuntime().maxMemory()) + " of memory";
        return master.matches("local(\\[.*])?") ? memory : "";
    }

    @Override
    public void packed(PackedFacts dataset) {
        print("Packed the data in %.1f s: %,d bytes in memory%n", dataset.seconds(), dataset.bytesInMemory());
        if (dataset.bytesOnDisk() > 0) {
            printAlways(
                    "%s do not fit in memory and are read from disk in each iteration; to avoid this, increase"
                            + " --spark spark.executor.memory (local runs: spark.driver.memory)%n",
                    Words.mebibytes(dataset.bytesOnDisk()));
        }
    }

    @Override
    public void loopBegins(LoopFacts loop) {
        validates = loop.validates();
        progress = out.isTerminal()
                ? TrainingProgress.inPlace(loop.iterations(), loop.batches()::examplesIn, this::progress)
                : TrainingProgress.inLines(loop.iterations(), loop.batches()::examplesIn, this::progress);
        print(
                "%n%9s  %10s  %8s  %s%13s%n",
                "iteration", "cost", "accuracy", validates ? "validation  accuracy  " : "", "examples/s");
    }

    @Override
    public void evaluated(int iteration, long evaluations, CostAndGradient evaluation) {
        progress.evaluated(iteration, evaluations, evaluation);
    }

    @Override
    public void logged(Iteration iteration) {
        print(
                "%9d  %10.8f  %8s  %s%13s%n",
                iteration.number(),
                iteration.cost(),
                formatAccuracy(iteration.accuracy()),
                validates
                        ? iteration
                                .validation()
                                .map(score -> String.format(
                                        Locale.ROOT, "%10.8f  %8s  ", score.cost(), formatAccuracy(score.accuracy())))
                                .orElse(String.format(Locale.ROOT, "%10s  %8s  ", "-", "-"))
                        : "",
                Words.rounded(iteration.examplesPerSecond(), 4));
        progress.logged(iteration.number(), iteration.evaluations());
    }

    private static String formatAccuracy(double accuracy) {
        return Double.isNaN(accuracy) ? "-" : String.format(Locale.ROOT, "%.4f", accuracy);
    }

    @Override
    public void loopEnds() {
        out.clear();
    }

    @Override
    public void noticed(Symptom symptom) {
        print("Diagnosis: %s (at iteration %d). %s%n", symptom.rule(), symptom.iteration(), symptom.text());
    }

    @Override
    public void failed(List<Symptom> symptoms) {
        diagnosis(symptoms);
    }

    private void diagnosis(List<Symptom> symptoms) {
        symptoms.forEach(symptom -> printAlways(
                "Diagnosis: %s (since iteration %d). %s%n", symptom.rule(), symptom.iteration(), symptom.text()));
    }

    void stopped(RunOutcome.Stopped run) {
        printAlways(
                "%nStopped by %s after iteration %d; to continue, repeat the command with --output %s --resume%n",
                run.by(), run.iterations(), run.directory());
        diagnosis(run.diagnosis());
        run.report().ifPresent(this::reported);
    }

    /**
     * Prints the results of a training run.
     *
     * @param examplesPerMillisecond the rate of the tasks when they have enough to compute
     */
    void finished(RunOutcome.Finished run, double examplesPerMillisecond) {
        RunRecord.Result result = run.result();
        print(
                "%n%s in %.1f s: %s examples/s, %.3g ms per iteration%n",
                Words.count(result.iterations(), "iteration"),
                result.seconds(),
                Words.rounded(result.examplesPerSecond(), 4),
                result.millisecondsPerIteration());
        if (!quiet) {
            printAlways("%s", TimesText.of(run.times(), examplesPerMillisecond));
        }
        if (run.reason() == StopReason.CONVERGED) {
            line("Converged: no further step lowers the cost");
        } else if (run.reason() != StopReason.ITERATIONS) {
            printAlways("Stopped by training.stop.%s%n", result.reason());
        }
        printAlways("Final cost %.8f", result.cost());
        printAlways(result.accuracy() == null ? "%n" : ", accuracy %.4f%n", result.accuracy());
        if (run.keepsBest()) {
            printAlways(
                    "Lowest %scost %.8f at iteration %d, whose parameters are in the model%n",
                    run.validated() ? "validation " : "",
                    result.best().cost(),
                    result.best().iteration());
        }
        printAlways("Parameters SHA-256 %s%n", result.parametersSha256());
        if (!quiet && TruthTable.suits(run.model())) {
            printAlways("%n%s%n", TruthTable.of(run.model()));
        }
        diagnosis(run.diagnosis());
        run.report().ifPresent(this::reported);
    }

    @Override
    public void reported(String file) {
        printAlways("Report: %s%n", file);
    }

    @Override
    public void line(String text) {
        print("%s%n", text);
    }

    @Override
    public void warning(String text) {
        printAlways("%s%n", text);
    }

    @Override
    public void progress(String text) {
        if (!out.isTerminal()) {
            line(text);
        } else if (!quiet) {
            out.show(text);
        }
    }

    /** Prints unless {@code --quiet} is set. */
    private void print(String format, Object... values) {
        if (!quiet) {
            printAlways(format, values);
        }
    }

    private void printAlways(String format, Object... values) {
        out.print(String.format(Locale.ROOT, format, values));
    }
}
