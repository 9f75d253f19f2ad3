package dev.sparkprop.cli.options;

import dev.sparkprop.config.FileNames;
import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.config.TrainingPlans;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration that a command is about. */
public final class PlanOptions {
    @Parameters(paramLabel = "CONF", description = "What to train, on what and how: a file in HOCON.")
    private String conf;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set a key of the configuration, such as optimizer.learning-rate=0.5. Repeatable.")
    private List<String> settings = List.of();

    /** The plan, with more keys set otherwise, each {@code KEY=VALUE}. */
    public TrainingPlan plan(List<String> more) throws IOException, InvalidConfigException {
        return TrainingPlans.read(
                FileNames.path(conf),
                Stream.concat(settings.stream(), more.stream()).toList());
    }
}
