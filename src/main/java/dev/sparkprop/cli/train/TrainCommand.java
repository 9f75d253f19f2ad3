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

@Command(name = "train", description = "Train a network and write its model, metrics and report.")
public final class TrainCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Directory of this run, on any file system that Hadoop supports (default: runs/NAME/UTC-TIME with the configured name).")
    private String output;

    @Option(
            names = "--quiet",
            description = "Print only warnings, errors and the final cost, hash, diagnosis and report.")
    private boolean quiet;

    @ArgGroup
    private Existing existing = new Existing();

    private static final class Existing {
        @Option(names = "--resume", description = "Continue the interrupted run in the --output directory.")
        private boolean resume;

        @Option(names = "--overwrite", description = "Replace an earlier run in the --output directory.")
        private boolean overwrite;

        RunDirectory.Existing policy() {
            return resume
                    ? RunDirectory.Existing.RESUME
                    : overwrite ? RunDirectory.Existing.OVERWRITE : RunDirectory.Existing.FAIL;
        }
    }

    @Override
    public Integer call() throws Exception {
        if (existing.resume && output == null) {
            throw new UsageException("Missing --output: --resume needs the directory of the run to continue");
        }
        TrainingPlan plan = options.plan(List.of());
        String directory = output == null ? "runs/" + plan.name() + "/" + UtcTime.name(Instant.now()) : output;
        LiveLine out = LiveLine.ofProcess();
        TrainingConsole console = quiet ? TrainingConsole.quiet(plan, out) : TrainingConsole.verbose(plan, out);
        RunOutcome outcome =
                TrainingRun.run(plan, directory, existing.policy(), console, new StopSignals(console::warning));
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
