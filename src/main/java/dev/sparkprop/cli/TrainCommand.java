package dev.sparkprop.cli;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.config.TrainingPlans;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.store.InitialParameters;
import dev.sparkprop.store.RunDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "train", description = "Trains a net and writes the model and the record of the run.")
final class TrainCommand implements Callable<Integer> {
    /** Without colons, which Hadoop takes for the end of a scheme. */
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Parameters(paramLabel = "CONF", description = "What to train, on what and how: a file in HOCON.")
    private Path conf;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set a key of the configuration, such as optimizer.learning-rate=0.5. Repeatable.")
    private List<String> settings = List.of();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Directory of this run (default: runs/NAME/UTC-TIME), on any file system of Hadoop's.")
    private String output;

    @Option(names = "--overwrite", description = "Replace an earlier run in this directory.")
    private boolean overwrite;

    @Override
    public Integer call() throws Exception {
        Instant now = Instant.now();
        TrainingPlan plan = TrainingPlans.read(conf, settings);
        double[] initial = initialParameters(plan);
        String directory = output == null ? "runs/" + plan.name() + "/" + UTC_TIME.format(now) : output;
        RunDirectory run =
                RunDirectory.at(directory, overwrite ? RunDirectory.Existing.OVERWRITE : RunDirectory.Existing.REFUSE);
        new TrainingRun(plan, initial, run, now, System.out).execute();
        return 0;
    }

    private static double[] initialParameters(TrainingPlan plan) throws Exception {
        ParameterLayout layout = new ParameterLayout(plan.topology());
        return plan.initial().file().isPresent()
                ? InitialParameters.read(plan.initial().file().get(), layout)
                : plan.initial()
                        .scheme()
                        .parameters(layout, plan.seed(), plan.initial().scale());
    }
}
