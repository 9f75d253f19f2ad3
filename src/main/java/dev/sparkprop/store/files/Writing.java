package dev.sparkprop.store.files;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;

/** Writes the content of a file. */
@FunctionalInterface
public interface Writing {
    /** Writes all of it to a stream, which the caller closes. */
    void to(FSDataOutputStream out) throws IOException;
}
