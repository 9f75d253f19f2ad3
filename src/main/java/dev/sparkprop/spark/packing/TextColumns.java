package dev.sparkprop.spark.packing;

import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.columns.Feature;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.RowCursor;
import dev.sparkprop.spark.formats.CsvParser;
import java.io.Serializable;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Finds feature columns that should contain numbers but contain text only. Results of partitions can be combined in
 * any order.
 */
final class TextColumns implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final int SHOWN_TEXTS = 3;

    private final BitSet numbers = new BitSet();
    /** For each column, the first texts in alphabetical order. */
    private final TreeMap<Integer, TreeSet<String>> texts = new TreeMap<>();

    TextColumns add(TextColumns other) {
        numbers.or(other.numbers);
        other.texts.forEach((feature, samples) -> samples.forEach(text -> noteText(feature, text)));
        return this;
    }

    private void note(int feature, double number, String text) {
        if (FileRow.usable(number)) {
            numbers.set(feature);
        } else {
            noteText(feature, FileRow.shown(text.strip()));
        }
    }

    private void noteText(int feature, String text) {
        TreeSet<String> samples = texts.computeIfAbsent(feature, key -> new TreeSet<>());
        samples.add(text);
        if (samples.size() > SHOWN_TEXTS) {
            samples.pollLast();
        }
    }

    /** Examines one Spark partition. */
    record Task(CsvParser parser) implements FlatMapFunction<Iterator<Row>, TextColumns> {
        @Override
        public Iterator<TextColumns> call(Iterator<Row> rows) {
            TextColumns found = new TextColumns();
            RowCursor cursor = new RowCursor(rows, parser, parser.numbers());
            while (cursor.next()) {
                if (cursor.input().get(0) instanceof String line) {
                    parser.visitNumbers(line, found::note);
                }
            }
            return List.of(found).iterator();
        }
    }

    /** Rejects a table that has such columns. The message lists all of them and states remedies. */
    void check(List<Feature> features, FileData files) {
        List<Integer> textual = IntStream.range(0, features.size())
                .filter(i -> features.get(i).type() == ColumnType.NUMBER)
                .filter(i -> texts.containsKey(i) && !numbers.get(i))
                .boxed()
                .toList();
        if (textual.isEmpty()) {
            return;
        }
        String columns = textual.stream()
                .map(i -> "\n  " + features.get(i).name() + ", such as " + String.join(", ", texts.get(i)))
                .collect(Collectors.joining());
        String names =
                textual.stream().map(i -> quoted(features.get(i).name())).collect(Collectors.joining(", ", "[", "]"));
        throw new BadDataException(files.place() + ": "
                + (textual.size() == 1
                        ? "1 feature column never contains a number:"
                        : textual.size() + " feature columns never contain a number:")
                + columns + "\n(set data.categorical = " + names + " to encode them as categories, or "
                + (files.features().isEmpty()
                        ? "exclude them with data.exclude = " + names
                        : "remove them from data.features")
                + (files.inputs().isPresent() ? "; let network.layers start with auto)" : ")"));
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches()
                ? name
                : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
