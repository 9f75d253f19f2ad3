package dev.sparkprop.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Files of one file system, the one that a path names or else the local one. */
final class Storage {
    /** Read once: it is parsed from XML out of several jars. */
    private static final Configuration CONFIGURATION = new Configuration();

    private final FileSystem files;

    private Storage(FileSystem files) {
        this.files = files;
    }

    /** The file system of a path, which without a scheme is a local one, whatever a cluster's default is. */
    static Storage of(Path path) throws IOException {
        FileSystem files = path.toUri().getScheme() == null
                ? FileSystem.getLocal(CONFIGURATION)
                : path.getFileSystem(CONFIGURATION);
        // Hadoop's checksum files would lie beside each file of a run and hinder those who edit or copy one
        return new Storage(files instanceof LocalFileSystem local ? local.getRaw() : files);
    }

    /** A path as a user wrote it. */
    static Path path(String text) throws IOException {
        try {
            return new Path(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("Invalid path '" + text + "' (must be a path, or a URI such as hdfs://host/path)", e);
        }
    }

    boolean exists(Path path) throws IOException {
        return files.exists(path);
    }

    boolean isDirectory(Path path) throws IOException {
        return exists(path) && files.getFileStatus(path).isDirectory();
    }

    FileStatus[] list(Path directory) throws IOException {
        return files.listStatus(directory);
    }

    void makeDirectories(Path directory) throws IOException {
        if (!files.mkdirs(directory)) {
            throw new IOException("Cannot create directory " + directory);
        }
    }

    void delete(Path file) throws IOException {
        files.delete(file, false);
    }

    /** Size of an existing file, in bytes. */
    long length(Path file) throws IOException {
        if (!exists(file)) {
            throw new FileNotFoundException("No such file: " + file);
        }
        FileStatus status = files.getFileStatus(file);
        if (status.isDirectory()) {
            throw new FileNotFoundException("Not a file but a directory: " + file);
        }
        return status.getLen();
    }

    FSDataInputStream open(Path file) throws IOException {
        return files.open(file);
    }

    FSDataOutputStream create(Path file) throws IOException {
        return files.create(file, true);
    }

    /** Writes a file that is either there with all its content or not there at all. */
    void writeWhole(Path file, Writing content) throws IOException {
        Path temporary = new Path(file.getParent(), "." + file.getName() + ".tmp");
        try (FSDataOutputStream out = create(temporary)) {
            content.to(out);
            out.hsync();
        }
        // where a rename does not replace, as on HDFS
        if (!files.rename(temporary, file)) {
            files.delete(file, false);
            if (!files.rename(temporary, file)) {
                throw new IOException("Cannot rename " + temporary + " to " + file);
            }
        }
    }

    /** Something that writes bytes. */
    @FunctionalInterface
    interface Writing {
        void to(FSDataOutputStream out) throws IOException;
    }
}
