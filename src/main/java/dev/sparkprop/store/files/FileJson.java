package dev.sparkprop.store.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;

/**
 * JSON in files that may hold anything. What is not as it should be is an {@link InvalidFileException}; a file that cannot be read
 * remains an {@link IOException} of another kind. Nothing larger is made than the bounds that are given.
 */
public final class FileJson {
    /** Texts are bounded by what they are in. Names are not interned: a file would fill the JVM's table of them. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final ObjectMapper JSON = new ObjectMapper(FACTORY)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private FileJson() {}

    /** Something that is made of JSON. */
    public interface Reading<T> {
        T from(JsonParser parser) throws IOException;
    }

    /** What is made of a file's content as it is read. */
    public static <T> T stream(Storage storage, Path file, Reading<T> reading) throws IOException {
        storage.length(file);
        try (InputStream in = storage.open(file)) {
            return parse(in, file, "", reading);
        }
    }

    /**
     * What is made of a file's content at once.
     *
     * @param most bytes that such a file has
     */
    public static <T> T read(Storage storage, Path file, int most, Class<T> type) throws IOException {
        return parse(bytes(storage, file, most), file, "", parser -> JSON.readValue(parser, type));
    }

    /** The content of a file, which has at most the given number of bytes. */
    public static byte[] bytes(Storage storage, Path file, int most) throws IOException {
        long length = storage.length(file);
        if (length > most) {
            throw new InvalidFileException(file, length + " bytes (must be at most " + most + ")");
        }
        try (InputStream in = storage.open(file)) {
            return in.readNBytes(most);
        }
    }

    /**
     * The tree of a text in a file. A tree takes up to a hundred bytes for each of its values, so they are counted first.
     *
     * @param what of the file it is, such as {@code its header is}
     * @param most values, names and brackets
     */
    public static JsonNode tree(byte[] text, Object file, String what, int most) throws InvalidFileException {
        try {
            parse(text, file, what, parser -> count(parser, file, what, most));
            return parse(text, file, what, parser -> JSON.readValue(parser, JsonNode.class));
        } catch (InvalidFileException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private static int count(JsonParser parser, Object file, String what, int most) throws IOException {
        int count = 0;
        while (parser.nextToken() != null) {
            if (++count > most) {
                throw new InvalidFileException(file, what + "of more than " + most + " values");
            }
        }
        return count;
    }

    private static <T> T parse(byte[] text, Object file, String what, Reading<T> reading) throws IOException {
        return parse(new ByteArrayInputStream(text), file, what, reading);
    }

    private static <T> T parse(InputStream in, Object file, String what, Reading<T> reading) throws IOException {
        // a decoder of our own, as the parser would guess others than UTF-8
        try (Reader text = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
                JsonParser parser = JSON.createParser(text)) {
            return reading.from(parser);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new InvalidFileException(
                    file, what + "not JSON: " + e.getOriginalMessage() + (line > 1 ? ", in line " + line : ""));
        } catch (CharacterCodingException | CharConversionException e) {
            throw new InvalidFileException(file, what + "not JSON in UTF-8");
        }
    }
}
