package dev.sparkprop.spark.files;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;

/** Opens the file systems of paths that users specify, and explains invalid paths. */
public final class FileSystems {
    private FileSystems() {}

    /**
     * Parses a path that a user specified.
     *
     * @throws InvalidPathException if the text is not a valid path
     */
    public static Path path(String text) {
        try {
            return new Path(text);
        } catch (IllegalArgumentException e) {
            String hint = text.isEmpty()
                    ? "must not be empty"
                    : "must be a path, or a URI such as hdfs://host/path; put ./ before a name with a colon";
            throw new InvalidPathException(text, "Invalid path (" + hint + ")");
        }
    }

    /**
     * Returns the file system of a path.
     *
     * @throws IOException with an explanation if Spark does not support the file system or its host is unknown
     */
    public static FileSystem of(Path path, Configuration hadoop) throws IOException {
        try {
            FileSystem system = path.getFileSystem(hadoop);
            // bypass checksum files: they cause errors after a data file is edited, and do not support names that
            // contain a colon
            return system instanceof LocalFileSystem local ? local.getRaw() : system;
        } catch (UnsupportedFileSystemException e) {
            throw missing(path, e);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof ClassNotFoundException) {
                    throw missing(path, e);
                } else if (cause instanceof UnknownHostException) {
                    throw new IOException("Cannot open " + path + ": unknown host " + cause.getMessage(), e);
                }
            }
            throw new IOException("Cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    private static IOException missing(Path path, Exception reason) {
        String scheme = String.valueOf(path.toUri().getScheme());
        String hadoop = VersionInfo.getVersion();
        String library = switch (scheme) {
            case "s3", "s3a", "s3n" -> "org.apache.hadoop:hadoop-aws:" + hadoop;
            case "abfs", "abfss", "wasb", "wasbs" -> "org.apache.hadoop:hadoop-azure:" + hadoop;
            case "gs" -> "com.google.cloud.bigdataoss:gcs-connector:hadoop3-2.2.26";
            default -> "";
        };
        String remedy = library.isEmpty()
                ? "add its library with --spark spark.jars.packages=GROUP:NAME:VERSION"
                : "add --spark spark.jars.packages=" + library;
        String more = scheme.equals("s3") || scheme.equals("s3n") ? ", and write s3a://" : "";
        return new IOException(
                "Cannot open " + path + ": this Spark has no file system for " + scheme + ":// (" + remedy + more + ")",
                reason);
    }

    /** Returns a file's URL in the form that users write. */
    public static String shown(String url) {
        return shown(new Path(URI.create(url)));
    }

    /** Returns a file's path in the form that users write. */
    public static String shown(Path path) {
        String scheme = path.toUri().getScheme();
        return scheme == null || scheme.equals("file") ? path.toUri().getPath() : path.toString();
    }
}
