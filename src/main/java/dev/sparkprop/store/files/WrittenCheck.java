package dev.sparkprop.store.files;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** Reads a file that was written before it takes its place. */
@FunctionalInterface
public interface WrittenCheck {
    /** Throws if the file is not as it should be. */
    void of(Path written) throws IOException;
}
