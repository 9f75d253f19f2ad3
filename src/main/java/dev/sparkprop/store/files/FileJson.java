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
 * Reads JSON from untrusted files. Invalid contents cause an {@link InvalidFileException}. A file that cannot be read
 * causes another {@link IOException}. The given limits bound the memory that the results use.
 */
public final class FileJson {
    /**
     * Strings are limited by the size of their file. Names are not interned, because a file could fill the JVM's
     * string table.
     */
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

    /** Creates an object from JSON. */
    public interface JsonReader<T> {
        T from(JsonParser parser) throws IOException;
    }

    /** Reads a file as a stream and returns the resulting object. */
    public static <T> T stream(Storage storage, Path file, JsonReader<T> reader) throws IOException {
        // rejects a missing file or a directory with a clear message
        storage.length(file);
        try (InputStream in = storage.open(file)) {
            return parse(in, file, "", reader);
        }
    }

    /**
     * Reads a file as a whole and returns the resulting object.
     *
     * @param maxBytes the maximum size of the file in bytes
     */
    public static <T> T read(Storage storage, Path file, int maxBytes, Class<T> type) throws IOException {
        return parse(bytes(storage, file, maxBytes), file, "", parser -> JSON.readValue(parser, type));
    }

    /** Returns the contents of a file, which may have at most the given number of bytes. */
    public static byte[] bytes(Storage storage, Path file, int maxBytes) throws IOException {
        long length = storage.length(file);
        if (length > maxBytes) {
            throw new InvalidFileException(file, length + " bytes (must be at most " + maxBytes + ")");
        }
        try (InputStream in = storage.open(file)) {
            return in.readNBytes(maxBytes);
        }
    }

    /**
     * Parses JSON text that came from a file. A tree takes up to a hundred bytes per value, so the values are counted
     * first.
     *
     * @param prefix the beginning of error messages, which ends with a space
     * @param maxValues the maximum number of values, names and brackets
     */
    public static JsonNode tree(byte[] text, Object file, String prefix, int maxValues) throws InvalidFileException {
        try {
            parse(text, file, prefix, parser -> count(parser, file, prefix, maxValues));
            return parse(text, file, prefix, parser -> JSON.readValue(parser, JsonNode.class));
        } catch (InvalidFileException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("cannot happen when reading from memory", e);
        }
    }

    private static int count(JsonParser parser, Object file, String prefix, int maxValues) throws IOException {
        int count = 0;
        while (parser.nextToken() != null) {
            if (++count > maxValues) {
                throw new InvalidFileException(file, prefix + "of more than " + maxValues + " values");
            }
        }
        return count;
    }

    private static <T> T parse(byte[] text, Object file, String prefix, JsonReader<T> reader) throws IOException {
        return parse(new ByteArrayInputStream(text), file, prefix, reader);
    }

    private static <T> T parse(InputStream in, Object file, String prefix, JsonReader<T> reader) throws IOException {
        // use an explicit decoder, because the parser would also guess encodings other than UTF-8
        try (Reader text = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
                JsonParser parser = JSON.createParser(text)) {
            return reader.from(parser);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new InvalidFileException(
                    file, prefix + "not JSON: " + e.getOriginalMessage() + (line > 1 ? ", in line " + line : ""));
        } catch (CharacterCodingException | CharConversionException e) {
            throw new InvalidFileException(file, prefix + "not JSON in UTF-8");
        }
    }
}
