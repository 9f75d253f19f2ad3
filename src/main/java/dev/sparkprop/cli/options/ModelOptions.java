package dev.sparkprop.cli.options;

import dev.sparkprop.data.LearnedData;
import dev.sparkprop.store.Model;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Parameters;

/** The model that a command is about, and what the commands that score files want of it. */
public final class ModelOptions {
    /** How long to wait for executors, as in training unless that is told otherwise. */
    public static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "A model.safetensors, or the directory of the run that made it.")
    private String path;

    public Model read() throws IOException {
        return Model.read(path);
    }

    /** What the model knows of its data; a model that knows nothing cannot read files. */
    public LearnedData data(Model model) throws UsageException {
        return model.data()
                .orElseThrow(() -> new UsageException("Invalid MODEL: " + path
                        + " does not know how to read files (it learned from generated data, or was made before models"
                        + " knew that)"));
    }

    @Override
    public String toString() {
        return path;
    }
}
