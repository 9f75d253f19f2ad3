package dev.sparkprop.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sparkprop.store.files.InvalidFileException;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;

/**
 * Reads a tensor that is written as nested arrays of numbers, with equal lengths at each depth. Reads a stream of
 * tokens, without building a tree.
 */
final class JsonTensor {
    /** Weights are matrices and biases are vectors. The limit bounds the recursion, too. */
    private static final int MAX_DIMENSIONS = 2;

    private static final int UNKNOWN = -1;

    private final Path file;
    private final JsonParser parser;
    private final String name;
    /** The length of the arrays at each depth. */
    private int[] lengths = {};
    /** The depth of the numbers. */
    private int depth = UNKNOWN;

    private double[] values = new double[16];
    private int count;

    /** Creates a reader for the tensor whose name is the parser's current token. */
    JsonTensor(Path file, JsonParser parser) throws IOException {
        this.file = file;
        this.parser = parser;
        this.name = parser.currentName();
    }

    NamedTensor read() throws IOException {
        element(parser.nextToken(), 0);
        return new NamedTensor(name, IntStream.of(lengths).boxed().toList(), Arrays.copyOf(values, count));
    }

    private void element(JsonToken token, int level) throws IOException {
        if (token == JsonToken.START_ARRAY) {
            array(level);
        } else if (token.isNumeric()) {
            require(depth == UNKNOWN ? level >= lengths.length : level == depth);
            depth = level;
            values = count < values.length ? values : Arrays.copyOf(values, count + count / 2);
            values[count++] = parser.getDoubleValue();
        } else {
            String text = token == JsonToken.VALUE_STRING ? '"' + parser.getText() + '"' : parser.getText();
            throw new InvalidFileException(file, name + " contains " + text + " (must be a number)");
        }
    }

    private void array(int level) throws IOException {
        if (level == MAX_DIMENSIONS) {
            throw new InvalidFileException(file, name + " has more than " + MAX_DIMENSIONS + " dimensions");
        }
        require(depth == UNKNOWN || level < depth);
        if (level == lengths.length) {
            lengths = Arrays.copyOf(lengths, level + 1);
            lengths[level] = UNKNOWN;
        }
        int length = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            element(token, level + 1);
            length++;
        }
        require(lengths[level] == UNKNOWN || lengths[level] == length);
        lengths[level] = length;
    }

    private void require(boolean even) throws InvalidFileException {
        if (!even) {
            throw new InvalidFileException(file, name + " has rows of different lengths or depths");
        }
    }
}
