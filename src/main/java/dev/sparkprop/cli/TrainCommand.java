package dev.sparkprop.cli;

import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.config.TrainingPlans;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.store.Checkpoint;
import dev.sparkprop.store.Checkpoints;
import dev.sparkprop.store.InitialParameters;
import dev.sparkprop.store.RunDirectory;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "train", description = "Trains a net and writes the model and the record of the run.")
final class TrainCommand implements Callable<Integer> {
    /** Without colons, which Hadoop takes for the end of a scheme. */
    static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

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
        Instant now = Instant.now();
        TrainingPlan plan = options.plan(List.of());
        double[] initial = existing.resume ? null : initialParameters(plan);
        String directory = output == null ? "runs/" + plan.name() + "/" + UTC_TIME.format(now) : output;
        try (RunDirectory run = RunDirectory.open(directory, existing.what())) {
            Checkpoints checkpoints = run.checkpoints(plan.topology(), plan.keepCheckpoints());
            Optional<Checkpoint> resumed = Optional.empty();
            if (existing.resume) {
                resumed = checkpoints.newest(warning -> System.err.println("sparkprop: " + warning));
                if (resumed.isPresent()) {
                    checkResumable(plan, resumed.get(), run);
                    if (run.finished()
                            && resumed.get().iteration() == plan.schedule().iterations()) {
                        System.out.println("Nothing to do: the run in " + run + " is finished");
                        return 0;
                    }
                } else {
                    System.out.println("Nothing to go on from in " + run + ": starting from scratch");
                    initial = initialParameters(plan);
                }
            }
            LiveLine out = LiveLine.ofProcess();
            TrainingConsole console = quiet ? TrainingConsole.quiet(plan, out) : TrainingConsole.whole(plan, out);
            return new TrainingRun(plan, run, checkpoints, now, console)
                    .execute(resumed, resumed.isPresent() ? resumed.get().parameters() : initial)
                    .code();
        }
    }

    /** Whether a run with this plan would have come through the checkpoint. */
    private static void checkResumable(TrainingPlan plan, Checkpoint checkpoint, RunDirectory run)
            throws InvalidConfigException {
        List<String> problems = new ArrayList<>();
        TrainingPlans.changes(checkpoint.config(), plan)
                .forEach(change -> problems.add("Cannot resume " + run + ": " + change));
        if (checkpoint.iteration() > plan.schedule().iterations()) {
            problems.add("Cannot resume " + run + ": it is at iteration " + checkpoint.iteration()
                    + ", beyond training.iterations = " + plan.schedule().iterations());
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
    }

    /** The parameters that a training begins with. */
    static double[] initialParameters(TrainingPlan plan) throws IOException {
        return plan.initial().file().isPresent()
                ? InitialParameters.read(plan.initial().file().get(), new ParameterLayout(plan.topology()))
                : plan.drawnParameters();
    }
}
