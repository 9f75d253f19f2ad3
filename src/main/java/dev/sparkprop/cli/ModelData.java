package dev.sparkprop.cli;

import dev.sparkprop.data.LearnedData;
import dev.sparkprop.store.Model;
import java.time.Duration;

/** What the commands that score files want of a model. */
final class ModelData {
    /** How long to wait for executors, as in training unless that is told otherwise. */
    static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private ModelData() {}

    /** What a model knows of its data; a model that knows nothing cannot read files. */
    static LearnedData of(Model model, String path) throws UsageException {
        return model.data()
                .orElseThrow(() -> new UsageException("Invalid MODEL: " + path
                        + " does not know how to read files (it learned from generated data, or was made before models"
                        + " knew that)"));
    }
}
