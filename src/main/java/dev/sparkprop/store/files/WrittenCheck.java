package dev.sparkprop.store.files;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** Checks a written file before it replaces the previous one. */
@FunctionalInterface
public interface WrittenCheck {
    /** Throws if the file is invalid. */
    void of(Path written) throws IOException;
}
