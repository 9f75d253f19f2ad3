package dev.sparkprop.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.text.ConstantName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The fields of a JSON object in a file. A field that is missing or has another type causes an
 * {@link InvalidFileException}.
 *
 * @param file the file
 * @param name what messages call the object
 * @param object the object
 */
record JsonFields(Path file, String name, JsonNode object) {
    private static final int MAX_SHOWN = 100;

    boolean has(String key) {
        return object.has(key);
    }

    boolean flag(String key) throws InvalidFileException {
        if (!object.path(key).isBoolean()) {
            throw invalid(key, "true or false");
        }
        return object.path(key).booleanValue();
    }

    String text(String key) throws InvalidFileException {
        if (!object.path(key).isTextual()) {
            throw invalid(key, "a string");
        }
        return object.path(key).textValue();
    }

    Optional<String> optionalText(String key) throws InvalidFileException {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    char character(String key) throws InvalidFileException {
        if (text(key).length() != 1) {
            throw invalid(key, "one character");
        }
        return text(key).charAt(0);
    }

    double number(String key) throws InvalidFileException {
        if (!object.path(key).isNumber()) {
            throw invalid(key, "a number");
        }
        return object.path(key).doubleValue();
    }

    /** Returns a whole number that is not negative. */
    long count(String key) throws InvalidFileException {
        if (!isCount(object.path(key))) {
            throw invalid(key, "a whole number >= 0");
        }
        return object.path(key).longValue();
    }

    private static boolean isCount(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
    }

    <E extends Enum<E>> E constant(String key, Class<E> type) throws InvalidFileException {
        return constant(key, text(key), type);
    }

    private <E extends Enum<E>> E constant(String key, String text, Class<E> type) throws InvalidFileException {
        return ConstantName.parse(type, text)
                .orElseThrow(() -> invalid(key, "one of " + String.join(", ", ConstantName.all(type))));
    }

    <E extends Enum<E>> List<E> constants(String key, Class<E> type) throws InvalidFileException {
        List<E> constants = new ArrayList<>();
        for (String text : texts(key)) {
            constants.add(constant(key, text, type));
        }
        return constants;
    }

    List<String> texts(String key) throws InvalidFileException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(key)) {
            if (!element.isTextual()) {
                throw invalid(key, "an array of strings");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    List<Long> counts(String key) throws InvalidFileException {
        List<Long> counts = new ArrayList<>();
        for (JsonNode element : array(key)) {
            if (!isCount(element)) {
                throw invalid(key, "an array of whole numbers >= 0");
            }
            counts.add(element.longValue());
        }
        return counts;
    }

    double[] numbers(String key) throws InvalidFileException {
        JsonNode array = array(key);
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!array.get(i).isNumber()) {
                throw invalid(key, "an array of numbers");
            }
            numbers[i] = array.get(i).doubleValue();
        }
        return numbers;
    }

    /** Returns the objects in an array. */
    List<JsonFields> objects(String key) throws InvalidFileException {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode element : array(key)) {
            objects.add(new JsonFields(file, name + "." + key + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    private JsonNode array(String key) throws InvalidFileException {
        if (!object.path(key).isArray()) {
            throw invalid(key, "an array");
        }
        return object.path(key);
    }

    InvalidFileException invalid(String key, String allowed) {
        String value = object.has(key) ? object.get(key).toString() : "missing";
        String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
        return new InvalidFileException(file, name + "." + key + " is " + shown + " (must be " + allowed + ")");
    }
}
