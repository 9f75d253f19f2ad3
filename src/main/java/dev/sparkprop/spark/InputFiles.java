package dev.sparkprop.spark;

import dev.sparkprop.data.FileData;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.LineReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The files that a configuration names, as the driver sees them. */
final class InputFiles {
    private InputFiles() {}

    /** Refuses paths and patterns that name nothing. */
    static void require(FileData files, Configuration hadoop) throws IOException {
        for (String path : files.paths()) {
            Path pattern;
            try {
                pattern = new Path(path);
            } catch (IllegalArgumentException e) {
                throw new NoSuchFileException(path, null, String.valueOf(e.getMessage()));
            }
            FileStatus[] found = pattern.getFileSystem(hadoop).globStatus(pattern);
            if (found == null || found.length == 0) {
                throw new NoSuchFileException(path, null, "no such file (data.path)");
            }
        }
    }

    /** A file as people write it. */
    static String shown(String url) {
        Path path = path(url);
        String scheme = path.toUri().getScheme();
        return scheme == null || scheme.equals("file") ? path.toUri().getPath() : path.toString();
    }

    private static Path path(String url) {
        return new Path(URI.create(url));
    }

    /**
     * The first line that there is.
     *
     * @param file in which it is
     * @param line without its end
     */
    record FirstLine(String file, String line) {}

    /** The first line of the first file, in the order of their names, that has one. */
    static Optional<FirstLine> firstLine(Dataset<Row> rows, Configuration hadoop) throws IOException {
        List<String> urls = Arrays.stream(rows.inputFiles()).sorted().toList();
        for (String url : urls) {
            Path path = path(url);
            FileSystem system = path.getFileSystem(hadoop);
            if (system.getFileStatus(path).getLen() > 0) {
                CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
                try (InputStream raw = system.open(path);
                        InputStream plain = codec == null ? raw : codec.createInputStream(raw)) {
                    Text line = new Text();
                    if (new LineReader(plain, hadoop).readLine(line) > 0) {
                        String text = line.toString();
                        return Optional.of(
                                new FirstLine(shown(url), text.startsWith("\uFEFF") ? text.substring(1) : text));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
