package dev.sparkprop.config;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Converts text to names of local files, which the JVM encodes in the locale's character set. */
public final class FileNames {
    private FileNames() {}

    /**
     * Returns the path with the given name.
     *
     * @throws InvalidPathException if the text is not a valid path; the message states a remedy if the locale is the
     *     cause
     */
    public static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            String charset = System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());
            boolean isUtf8 =
                    Charset.isSupported(charset) && Charset.forName(charset).equals(StandardCharsets.UTF_8);
            throw new InvalidPathException(
                    text,
                    isUtf8 || text.indexOf('\0') >= 0
                            ? "Invalid path"
                            : "Invalid path in this locale with character set " + charset + " (set LC_ALL=C.UTF-8)");
        }
    }

    /** Returns a path relative to the directory of a file, if possible. */
    public static String relative(String path, Path file) {
        if (path.contains(":")) { // a URI
            return path;
        }
        try {
            Path directory = file.toAbsolutePath().normalize().getParent();
            Path data = Path.of(path);
            return data.isAbsolute()
                    ? path
                    : directory.relativize(data.toAbsolutePath().normalize()).toString();
        } catch (InvalidPathException e) {
            return path;
        }
    }
}
