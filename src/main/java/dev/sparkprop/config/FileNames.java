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
}
