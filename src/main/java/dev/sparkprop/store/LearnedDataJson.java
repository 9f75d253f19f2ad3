package dev.sparkprop.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.TextCharset;
import dev.sparkprop.data.columns.ColumnRules;
import dev.sparkprop.data.columns.Encodings;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.data.tables.SparkTable;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.FileJson;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.text.ConstantName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
            "deviation",
            "null-values",
            "unseen",
            "encodings",
            "skip-missing-targets",
            "reader"));

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An upper bound on the number of values apart from those of columns. */
    private static final int VALUES = 1000;

    /**
     * An upper bound on the number of values per column: its name, as a feature or target and as a column, its class,
     * mean, deviation and encoding.
     */
    private static final int VALUES_PER_COLUMN = 40;

    private final JsonFields fields;

    private LearnedDataJson(JsonFields fields) {
        this.fields = fields;
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
        files.table().flatMap(SparkTable::format).ifPresent(reader -> object.put("reader", reader));
        files.features().forEach(object.putArray("columns")::add);
        files.targets().forEach(object.putArray("target")::add);
        files.weight().ifPresent(weight -> object.put("weight", weight));
        object.put("kind", ConstantName.of(files.kind()));
        if (EncodingsJson.isNeeded(data)) {
            files.columns().nullValues().forEach(object.putArray("null-values")::add);
            object.put("unseen", ConstantName.of(files.columns().unseen()));
            object.put("skip-missing-targets", files.skipsMissingTargets());
            object.set("encodings", EncodingsJson.write(data.encodings()));
        } else {
            data.features().forEach(object.putArray("features")::add);
        }
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
            return new LearnedDataJson(new JsonFields(file, "data", object)).data(topology);
        } catch (IllegalArgumentException e) {
            throw new InvalidFileException(file, "its data do not match its network: " + e.getMessage());
        }
    }

    private LearnedData data(Topology topology) throws InvalidFileException {
        Optional<Standardization> standardization = fields.has("mean") || fields.has("deviation")
                ? Optional.of(new Standardization(fields.numbers("mean"), fields.numbers("deviation")))
                : Optional.empty();
        FileData files = new FileData(
                fields.constant("format", FileFormat.class),
                List.of(),
                csv(),
                fields.texts("columns"),
                fields.texts("target"),
                fields.optionalText("weight"),
                fields.constant("kind", TargetKind.class),
                topology.inputs(),
                topology.outputs(),
                fields.has("on-bad-row") ? fields.constant("on-bad-row", BadRows.class) : BadRows.FAIL,
                standardization.isPresent());
        Encodings encodings = fields.has("encodings")
                ? EncodingsJson.read(fields.objects("encodings"))
                : Encodings.plain(fields.texts("features"));
        if (encodings.width() != topology.inputs()) {
            throw new IllegalArgumentException(
                    "Invalid features: " + encodings.width() + " (must be " + topology.inputs() + ")");
        }
        ColumnRules rules = fields.has("encodings")
                ? EncodingsJson.rules(
                        encodings,
                        fields.flag("skip-missing-targets") ? files.targets() : List.of(),
                        fields.texts("null-values"),
                        fields.constant("unseen", ColumnRules.Unseen.class))
                : ColumnRules.NONE;
        return new LearnedData(
                withTable(files).withColumns(rules), encodings, fields.texts("classes"), standardization);
    }

    /** Options of readers are not part of a model, because they can contain secrets. */
    private FileData withTable(FileData files) throws InvalidFileException {
        Optional<String> reader = fields.optionalText("reader");
        return files.format() == FileFormat.SPARK
                ? files.withTable(new SparkTable(Optional.empty(), Optional.empty(), reader, Map.of()))
                : files;
    }

    private FileData.Csv csv() throws InvalidFileException {
        return new FileData.Csv(
                fields.flag("header"),
                fields.character("separator"),
                fields.character("quote"),
                fields.has("escape") ? fields.character("escape") : FileData.Csv.NO_ESCAPE,
                fields.has("multi-line") && fields.flag("multi-line"),
                fields.has("charset") ? new TextCharset(fields.text("charset")) : TextCharset.UTF_8);
    }
}
