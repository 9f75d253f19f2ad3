package dev.sparkprop.config;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names of files on this machine, which the JVM takes for text in the locale's character set. */
public final class FileNames {
    private FileNames() {}

    /**
     * The path that a text names.
     *
     * @throws InvalidPathException with what to do, if the text is not a name
     */
    public static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            String charset = System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());
            boolean any =
                    Charset.isSupported(charset) && Charset.forName(charset).equals(StandardCharsets.UTF_8);
            throw new InvalidPathException(
                    text,
                    any || text.indexOf('\0') >= 0
                            ? "Invalid path"
                            : "Invalid path in this locale, whose character set is " + charset
                                    + " (set LC_ALL=C.UTF-8)");
        }
    }
}
