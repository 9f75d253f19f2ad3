package dev.sparkprop.store.files;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;

/** Writes the contents of a file. */
@FunctionalInterface
public interface StreamWriter {
    /** Writes the complete contents to a stream, which the caller closes. */
    void writeTo(FSDataOutputStream out) throws IOException;
}
