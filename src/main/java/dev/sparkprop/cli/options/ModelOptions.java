package dev.sparkprop.cli.options;

import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.store.Model;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Parameters;

/** Options that select the model of a command, and access to the format of its training data. */
public final class ModelOptions {
    /** Time to wait for executors: the default of {@code training.start-timeout}. */
    public static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "A model.safetensors file, or the directory of the run that wrote it.")
    private String path;

    public Model read() throws IOException {
        return Model.read(path);
    }

    /** Returns the data format that the model stores. Rejects a model without one, because it cannot read files. */
    public LearnedData data(Model model) throws UsageException {
        return model.data()
                .orElseThrow(() -> new UsageException("Invalid MODEL: " + path
                        + " has no data format (it was trained on generated data, or by a version whose models do not"
                        + " store the format)"));
    }

    @Override
    public String toString() {
        return path;
    }
}
