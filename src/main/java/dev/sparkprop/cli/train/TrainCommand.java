package dev.sparkprop.cli.train;

import dev.sparkprop.cli.options.ExitCode;
import dev.sparkprop.cli.options.PlanOptions;
import dev.sparkprop.cli.options.UsageException;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.run.RunOutcome;
import dev.sparkprop.run.TrainingRun;
import dev.sparkprop.run.UtcTime;
import dev.sparkprop.store.RunDirectory;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "train", description = "Trains a net and writes the model and the record of the run.")
public final class TrainCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Directory of this run (default: runs/NAME/UTC-TIME), on any file system of Hadoop's.")
    private String output;

    @Option(
            names = "--quiet",
            description = "Tell no more than warnings, errors and, at the end, costs, hash, diagnosis and report.")
    private boolean quiet;

    @ArgGroup
    private Existing existing = new Existing();

    private static final class Existing {
        @Option(names = "--resume", description = "Go on with the run in this directory where it was interrupted.")
        private boolean resume;

        @Option(names = "--overwrite", description = "Replace an earlier run in this directory.")
        private boolean overwrite;

        RunDirectory.Existing what() {
            return resume
                    ? RunDirectory.Existing.RESUME
                    : overwrite ? RunDirectory.Existing.OVERWRITE : RunDirectory.Existing.REFUSE;
        }
    }

    @Override
    public Integer call() throws Exception {
        if (existing.resume && output == null) {
            throw new UsageException("Missing --output: --resume must be told which run to go on with");
        }
        TrainingPlan plan = options.plan(List.of());
        String directory = output == null ? "runs/" + plan.name() + "/" + UtcTime.name(Instant.now()) : output;
        LiveLine out = LiveLine.ofProcess();
        TrainingConsole console = quiet ? TrainingConsole.quiet(plan, out) : TrainingConsole.whole(plan, out);
        RunOutcome outcome =
                TrainingRun.run(plan, directory, existing.what(), console, new StopSignals(console::warning));
        if (outcome instanceof RunOutcome.Finished finished) {
            console.finished(finished, quiet ? Double.NaN : TaskRate.of(plan, finished));
            return ExitCode.FINISHED.code();
        } else if (outcome instanceof RunOutcome.Stopped stopped) {
            console.stopped(stopped);
            return ExitCode.STOPPED.code();
        } else if (outcome instanceof RunOutcome.NothingToDo nothing) {
            System.out.println("Nothing to do: the run in " + nothing.directory() + " is finished");
        }
        return ExitCode.FINISHED.code();
    }
}
