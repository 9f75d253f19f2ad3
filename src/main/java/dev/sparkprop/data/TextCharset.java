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
 * A charset of text files that can be cut into lines before they are decoded: bytes below 128 are those of ASCII.
 *
 * @param name of the charset, as Java writes it
 */
public record TextCharset(String name) implements Serializable {
    /** The usual one. */
    public static final TextCharset UTF_8 = new TextCharset(StandardCharsets.UTF_8.name());

    private static final char REPLACEMENT = '\uFFFD';

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if there is no such charset, or its lines do not end as in ASCII
     */
    public TextCharset {
        Charset charset = find(name);
        if (!likeAscii(charset)) {
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

    private static boolean likeAscii(Charset charset) {
        for (int b = 0; b < 128; b++) {
            if (!new String(new byte[] {(byte) b}, charset).equals(String.valueOf((char) b))) {
                return false;
            }
        }
        return true;
    }

    /** The charset itself. */
    public Charset charset() {
        return Charset.forName(name);
    }

    /** The text of bytes; empty if they are none in this charset. */
    public static Optional<String> decode(byte[] bytes, int length, Charset charset) {
        String text = new String(bytes, 0, length, charset);
        // a replacement stands for bytes that are no text, or for itself
        return text.indexOf(REPLACEMENT) < 0 || isText(bytes, length, charset) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isText(byte[] bytes, int length, Charset charset) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
