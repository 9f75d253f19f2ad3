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

/** Options that select the configuration of a command. */
public final class PlanOptions {
    @Parameters(
            paramLabel = "CONF",
            description = "Configuration file in HOCON: network, data, optimizer and training.")
    private String conf;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {"Override a configuration key, such as", "optimizer.learning-rate=0.5. Repeatable."})
    private List<String> settings = List.of();

    /** Reads the plan, with additional overrides of the form {@code KEY=VALUE}. */
    public TrainingPlan plan(List<String> more) throws IOException, InvalidConfigException {
        return TrainingPlans.read(
                FileNames.path(conf),
                Stream.concat(settings.stream(), more.stream()).toList());
    }
}
