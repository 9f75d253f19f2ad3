package dev.sparkprop.fault;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * {@link FaultFileSystem} through Hadoop's {@code AbstractFileSystem} interface, whose rename can replace a file
 * atomically, as on HDFS.
 */
public final class FaultFiles extends DelegateToFileSystem {
    /** Called by Hadoop. */
    public FaultFiles(URI uri, Configuration configuration) throws IOException, URISyntaxException {
        super(uri, new FaultFileSystem(), configuration, "fault", false);
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
        if (!overwrite && fsImpl.exists(to)) {
            throw new FileAlreadyExistsException("rename destination " + to + " already exists");
        }
        if (!fsImpl.rename(from, to)) {
            throw new FileNotFoundException("Cannot rename " + from + " to " + to);
        }
    }

    @Override
    public void renameInternal(Path from, Path to) throws IOException {
        renameInternal(from, to, false);
    }
}
