package dev.sparkprop.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.data.BadRows;
import dev.sparkprop.data.FileData;
import dev.sparkprop.data.FileFormat;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.TextCharset;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.FileJson;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.text.ConstantName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/**
 * Converts the data properties of a model to and from a string in its metadata: a JSON object with these keys and no
 * others.
 */
final class LearnedDataJson {
    private static final int VERSION = 1;
    private static final Set<String> KEYS = new TreeSet<>(List.of(
            "version",
            "format",
            "header",
            "separator",
            "quote",
            "escape",
            "multi-line",
            "charset",
            "on-bad-row",
            "columns",
            "target",
            "weight",
            "kind",
            "features",
            "classes",
            "mean",
            "deviation"));

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An upper bound on the number of values apart from those of columns. */
    private static final int VALUES = 1000;

    /**
     * An upper bound on the number of values per column: its name, as a feature or target and as a column, its class,
     * mean and deviation.
     */
    private static final int VALUES_PER_COLUMN = 8;

    private final Path file;
    private final JsonNode object;

    private LearnedDataJson(Path file, JsonNode object) {
        this.file = file;
        this.object = object;
    }

    /** Returns the JSON text. */
    static String write(LearnedData data) {
        FileData files = data.files();
        ObjectNode object = JSON.createObjectNode()
                .put("version", VERSION)
                .put("format", ConstantName.of(files.format()))
                .put("header", files.csv().header())
                .put("separator", String.valueOf(files.csv().separator()))
                .put("quote", String.valueOf(files.csv().quote()));
        putNonDefaults(object, files);
        files.features().forEach(object.putArray("columns")::add);
        files.targets().forEach(object.putArray("target")::add);
        files.weight().ifPresent(weight -> object.put("weight", weight));
        object.put("kind", ConstantName.of(files.kind()));
        data.features().forEach(object.putArray("features")::add);
        data.classes().forEach(object.putArray("classes")::add);
        data.standardization().ifPresent(columns -> {
            add(object.putArray("mean"), columns.mean());
            add(object.putArray("deviation"), columns.deviation());
        });
        return object.toString();
    }

    /**
     * Adds properties that differ from the default. Readers that do not support these keys can still read models
     * without them.
     */
    private static void putNonDefaults(ObjectNode object, FileData files) {
        if (files.csv().escape() != FileData.Csv.NO_ESCAPE) {
            object.put("escape", String.valueOf(files.csv().escape()));
        }
        if (files.csv().multiLine()) {
            object.put("multi-line", true);
        }
        if (!files.csv().charset().equals(TextCharset.UTF_8)) {
            object.put("charset", files.csv().charset().name());
        }
        if (files.badRows() != BadRows.FAIL) {
            object.put("on-bad-row", ConstantName.of(files.badRows()));
        }
    }

    private static void add(ArrayNode array, double[] values) {
        for (double value : values) {
            array.add(value);
        }
    }

    /** Parses the JSON text. Throws {@link InvalidFileException} if it is invalid or does not match the network. */
    static LearnedData read(Path file, String text, Topology topology) throws InvalidFileException {
        int maxValues = VALUES + VALUES_PER_COLUMN * (topology.inputs() + topology.outputs());
        JsonNode object = FileJson.tree(text.getBytes(StandardCharsets.UTF_8), file, "its data is ", maxValues);
        if (!object.isObject() || object.path("version").asInt() != VERSION) {
            throw new InvalidFileException(
                    file, "its data has version " + object.path("version") + " (must be " + VERSION + ")");
        }
        for (var field : object.properties()) {
            if (!KEYS.contains(field.getKey())) {
                throw new InvalidFileException(
                        file,
                        "data." + field.getKey() + " is unknown (must be one of " + String.join(", ", KEYS) + ")");
            }
        }
        try {
            return new LearnedDataJson(file, object).data(topology);
        } catch (IllegalArgumentException e) {
            throw new InvalidFileException(file, "its data do not match its network: " + e.getMessage());
        }
    }

    private LearnedData data(Topology topology) throws InvalidFileException {
        Optional<Standardization> standardization = object.has("mean") || object.has("deviation")
                ? Optional.of(new Standardization(numbers("mean"), numbers("deviation")))
                : Optional.empty();
        FileData files = new FileData(
                constant("format", FileFormat.class),
                List.of(),
                csv(),
                texts("columns"),
                texts("target"),
                object.has("weight") ? Optional.of(text("weight")) : Optional.empty(),
                constant("kind", TargetKind.class),
                topology.inputs(),
                topology.outputs(),
                object.has("on-bad-row") ? constant("on-bad-row", BadRows.class) : BadRows.FAIL,
                standardization.isPresent());
        return new LearnedData(files, texts("features"), texts("classes"), standardization);
    }

    private FileData.Csv csv() throws InvalidFileException {
        return new FileData.Csv(
                flag("header"),
                character("separator"),
                character("quote"),
                object.has("escape") ? character("escape") : FileData.Csv.NO_ESCAPE,
                object.has("multi-line") && flag("multi-line"),
                object.has("charset") ? new TextCharset(text("charset")) : TextCharset.UTF_8);
    }

    private boolean flag(String key) throws InvalidFileException {
        if (!object.path(key).isBoolean()) {
            throw invalid(key, "true or false");
        }
        return object.path(key).booleanValue();
    }

    private String text(String key) throws InvalidFileException {
        if (!object.path(key).isTextual()) {
            throw invalid(key, "a string");
        }
        return object.path(key).textValue();
    }

    private char character(String key) throws InvalidFileException {
        if (text(key).length() != 1) {
            throw invalid(key, "one character");
        }
        return text(key).charAt(0);
    }

    private <E extends Enum<E>> E constant(String key, Class<E> type) throws InvalidFileException {
        Optional<E> constant = ConstantName.parse(type, text(key));
        if (constant.isEmpty()) {
            throw invalid(key, "one of " + String.join(", ", ConstantName.all(type)));
        }
        return constant.get();
    }

    private List<String> texts(String key) throws InvalidFileException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(key)) {
            if (!element.isTextual()) {
                throw invalid(key, "an array of strings");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private double[] numbers(String key) throws InvalidFileException {
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

    private JsonNode array(String key) throws InvalidFileException {
        if (!object.path(key).isArray()) {
            throw invalid(key, "an array");
        }
        return object.path(key);
    }

    private InvalidFileException invalid(String key, String allowed) {
        String value = object.has(key) ? object.get(key).toString() : "missing";
        String shown = value.length() > 100 ? value.substring(0, 100) + "…" : value;
        return new InvalidFileException(file, "data." + key + " is " + shown + " (must be " + allowed + ")");
    }
}
