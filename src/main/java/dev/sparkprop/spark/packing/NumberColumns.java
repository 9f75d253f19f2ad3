package dev.sparkprop.spark.packing;

import dev.sparkprop.data.FileData;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.Place;
import dev.sparkprop.spark.files.RowCursor;
import dev.sparkprop.spark.formats.CsvParser;
import java.io.Serializable;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** Records which feature columns contain a number in any row. Results of partitions can be combined in any order. */
final class NumberColumns implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private final BitSet numbers = new BitSet();
    /** The first non-numeric value of each column, keyed by the column's position among the features. */
    private final TreeMap<Integer, Text> texts = new TreeMap<>();

    private record Text(Place place, String value) implements Serializable {
        Text first(Text other) {
            return place.compareTo(other.place) <= 0 ? this : other;
        }
    }

    NumberColumns add(NumberColumns other) {
        numbers.or(other.numbers);
        other.texts.forEach((feature, text) -> texts.merge(feature, text, Text::first));
        return this;
    }

    private void note(int feature, double number, String value, Place place) {
        if (FileRow.usable(number)) {
            numbers.set(feature);
        } else if (!texts.containsKey(feature)) {
            texts.put(feature, new Text(place, FileRow.shown(value)));
        }
    }

    /** Examines one Spark partition. */
    record Task(CsvParser parser) implements FlatMapFunction<Iterator<Row>, NumberColumns> {
        @Override
        public Iterator<NumberColumns> call(Iterator<Row> rows) {
            NumberColumns found = new NumberColumns();
            RowCursor cursor = new RowCursor(rows, parser, parser.numbers());
            while (cursor.next()) {
                if (cursor.input().get(0) instanceof String line) {
                    Place place = cursor.place();
                    parser.visit(line, (feature, value) -> found.note(feature, value.number(), value.text(), place));
                }
            }
            return List.of(found).iterator();
        }
    }

    /** Rejects a table that has feature columns without any number. The message lists all such columns. */
    void check(List<String> features, FileData files) {
        List<Integer> nonNumeric = IntStream.range(0, features.size())
                .filter(feature -> texts.containsKey(feature) && !numbers.get(feature))
                .boxed()
                .toList();
        if (nonNumeric.isEmpty()) {
            return;
        }
        String columns = nonNumeric.stream()
                .map(feature -> "\n  " + features.get(feature) + ", such as " + texts.get(feature).value)
                .collect(Collectors.joining());
        int remaining = features.size() - nonNumeric.size();
        throw new BadDataException(String.join(", ", files.paths()) + ": "
                + (nonNumeric.size() == 1
                        ? "1 feature column never contains a number:"
                        : nonNumeric.size() + " feature columns never contain a number:")
                + columns + "\n(" + remedy(nonNumeric, features, files)
                + "; network.layers must then start with "
                + remaining + ")");
    }

    private static String remedy(List<Integer> nonNumeric, List<String> features, FileData files) {
        if (!files.features().isEmpty()) {
            return "remove them from data.features";
        }
        return "set data.exclude = ["
                + nonNumeric.stream()
                        .map(features::get)
                        .map(NumberColumns::quoted)
                        .collect(Collectors.joining(", "))
                + "]";
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches()
                ? name
                : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
