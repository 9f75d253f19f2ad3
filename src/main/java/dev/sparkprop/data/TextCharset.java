package dev.sparkprop.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/**
 * A charset in which line breaks can be found before decoding: it encodes ASCII characters as ASCII does.
 *
 * @param name Java's canonical name of the charset
 */
public record TextCharset(String name) implements Serializable {
    /** The default charset. */
    public static final TextCharset UTF_8 = new TextCharset(StandardCharsets.UTF_8.name());

    private static final char REPLACEMENT = '\uFFFD';

    /**
     * Validates and canonicalizes the name.
     *
     * @throws IllegalArgumentException if the charset does not exist or does not contain ASCII
     */
    public TextCharset {
        Charset charset = find(name);
        if (!containsAscii(charset)) {
            throw new IllegalArgumentException(
                    "must be a charset that contains ASCII, such as UTF-8 or ISO-8859-1: convert the files to UTF-8");
        }
        name = charset.name();
    }

    private static Charset find(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException("must be the name of a charset, such as UTF-8 or ISO-8859-1", e);
        }
    }

    private static boolean containsAscii(Charset charset) {
        for (int b = 0; b < 128; b++) {
            if (!new String(new byte[] {(byte) b}, charset).equals(String.valueOf((char) b))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the Java charset. */
    public Charset charset() {
        return Charset.forName(name);
    }

    /** Decodes bytes; returns empty if they are malformed in the charset. */
    public static Optional<String> decode(byte[] bytes, int length, Charset charset) {
        String text = new String(bytes, 0, length, charset);
        // a replacement character indicates malformed bytes, unless the text itself contains it
        return text.indexOf(REPLACEMENT) < 0 || isWellFormed(bytes, length, charset)
                ? Optional.of(text)
                : Optional.empty();
    }

    private static boolean isWellFormed(byte[] bytes, int length, Charset charset) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
