package dev.sparkprop.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.data.columns.CategoryEncoding;
import dev.sparkprop.data.columns.ColumnEncoding;
import dev.sparkprop.data.columns.ColumnRule;
import dev.sparkprop.data.columns.ColumnRules;
import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.columns.DatePart;
import dev.sparkprop.data.columns.DateText;
import dev.sparkprop.data.columns.Encodings;
import dev.sparkprop.data.columns.Feature;
import dev.sparkprop.data.columns.HashEncoding;
import dev.sparkprop.data.columns.Missing;
import dev.sparkprop.data.columns.NumberEncoding;
import dev.sparkprop.data.columns.OneHotEncoding;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.text.ConstantName;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Converts the encodings of a model's feature columns to and from a JSON array of objects, one per column. */
final class EncodingsJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonFields fields;

    private EncodingsJson(JsonFields fields) {
        this.fields = fields;
    }

    /** Returns true unless all features are plain numbers, which the model describes by their names alone. */
    static boolean isNeeded(LearnedData data) {
        return !data.encodings().isPlain()
                || !data.files().columns().equals(ColumnRules.NONE)
                || data.encodings().features().stream().anyMatch(feature -> feature.type() == ColumnType.DATE);
    }

    static ArrayNode write(Encodings encodings) {
        ArrayNode array = JSON.createArrayNode();
        encodings.columns().forEach(column -> array.add(write(column)));
        return array;
    }

    private static ObjectNode write(ColumnEncoding encoding) {
        Feature feature = encoding.column();
        ObjectNode object = JSON.createObjectNode()
                .put("name", feature.name())
                .put("column", feature.column())
                .put("type", ConstantName.of(feature.type()))
                .put("missing", ConstantName.of(feature.missing()));
        if (feature.dates().stated()) {
            object.put("zone", feature.dates().zone().getId());
        }
        if (encoding instanceof NumberEncoding number) {
            put(object, number);
        } else if (encoding instanceof OneHotEncoding oneHot) {
            put(object, oneHot);
        } else if (encoding instanceof HashEncoding hash) {
            object.put("buckets", hash.buckets()).put("indicator", hash.indicator());
        }
        return object;
    }

    private static void put(ObjectNode object, NumberEncoding number) {
        if (number.fills()) {
            object.put("fill", number.fill());
        }
        if (!number.parts().isEmpty()) {
            number.parts().stream().map(ConstantName::of).forEach(object.putArray("parts")::add);
        }
        object.put("indicator", number.indicator());
    }

    private static void put(ObjectNode object, OneHotEncoding oneHot) {
        oneHot.categories().names().forEach(object.putArray("categories")::add);
        oneHot.categories().counts().forEach(object.putArray("counts")::add);
        object.put("others", oneHot.categories().others());
        oneHot.fill().ifPresent(fill -> object.put("fill", fill));
        object.put("indicator", oneHot.indicator());
    }

    /**
     * Returns the rules by which files like those of the training are read.
     *
     * @param skipped the target columns whose missing values cause rows to be skipped
     */
    static ColumnRules rules(
            Encodings encodings, List<String> skipped, List<String> nullValues, ColumnRules.Unseen unseen) {
        Map<String, ColumnRule> named = new LinkedHashMap<>();
        skipped.forEach(target -> named.put(target, ColumnRule.PLAIN.withMissing(Missing.SKIP)));
        for (Feature feature : encodings.features()) {
            named.put(
                    feature.column(),
                    new ColumnRule(
                            Optional.of(feature.type()),
                            CategoryEncoding.ONE_HOT,
                            1,
                            1,
                            feature.missing(),
                            false,
                            List.of(),
                            feature.dates()));
        }
        return new ColumnRules(ColumnRule.PLAIN, named, nullValues, unseen);
    }

    /**
     * Reads encodings.
     *
     * @throws IllegalArgumentException if values contradict each other
     */
    static Encodings read(List<JsonFields> columns) throws InvalidFileException {
        List<ColumnEncoding> encodings = new ArrayList<>();
        for (JsonFields column : columns) {
            encodings.add(new EncodingsJson(column).encoding());
        }
        return new Encodings(encodings);
    }

    private ColumnEncoding encoding() throws InvalidFileException {
        Feature feature = new Feature(
                fields.text("name"),
                fields.text("column"),
                fields.constant("type", ColumnType.class),
                fields.constant("missing", Missing.class),
                dates());
        boolean indicator = fields.flag("indicator");
        if (feature.type() != ColumnType.CATEGORY) {
            return new NumberEncoding(
                    feature,
                    fields.has("fill") ? fields.number("fill") : Double.NaN,
                    fields.has("parts") ? fields.constants("parts", DatePart.class) : List.of(),
                    indicator);
        } else if (fields.has("buckets")) {
            return new HashEncoding(feature, (int) Math.min(Integer.MAX_VALUE, fields.count("buckets")), indicator);
        }
        OneHotEncoding.Categories categories = new OneHotEncoding.Categories(
                fields.texts("categories"), fields.counts("counts"), fields.count("others"));
        return new OneHotEncoding(feature, categories, fields.optionalText("fill"), indicator);
    }

    private DateText dates() throws InvalidFileException {
        if (!fields.has("zone")) {
            return DateText.UTC;
        }
        try {
            return new DateText(ZoneId.of(fields.text("zone")), true);
        } catch (DateTimeException e) {
            throw fields.invalid("zone", "a time zone");
        }
    }
}
