package dev.sparkprop.cli.describe;

import dev.sparkprop.data.columns.ColumnProfile;
import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.profile.TableProfile;
import dev.sparkprop.text.ConstantName;
import dev.sparkprop.text.Words;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Describes the columns of a table as text, one line per column. */
final class DescriptionText {
    private static final int SHOWN_VALUES = 4;
    private static final int MIN_NAME = 6;
    private static final int MAX_NAME = 40;

    private DescriptionText() {}

    static String of(TableProfile table) {
        int width = Math.min(
                MAX_NAME, table.names().stream().mapToInt(String::length).max().orElse(0));
        width = Math.max(MIN_NAME, width);
        StringBuilder text = new StringBuilder();
        text.append(Words.count(table.rows(), "row"))
                .append(", ")
                .append(Words.count(table.columns().size(), "column"));
        if (table.badRows() > 0) {
            text.append("; ignored ").append(Words.count(table.badRows(), "bad row"));
        }
        text.append(String.format(
                "%n%-" + width + "s  %-8s  %11s  %9s  %s%n", "column", "type", "missing", "distinct", "values"));
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnProfile column = table.columns().get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %-8s  %,11d  %9s  %s%n",
                    shortened(table.names().get(i)),
                    column.type().map(ConstantName::of).orElse(column.present() == 0 ? "empty" : "other"),
                    column.missing(),
                    column.distinct().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%,d", column.distinct().getAsLong())
                            : "> 100,000",
                    values(column)));
        }
        return text.toString();
    }

    private static String values(ColumnProfile column) {
        if (column.type().isEmpty()) {
            return "";
        } else if (column.type().get() == ColumnType.NUMBER) {
            return String.format(
                    Locale.ROOT,
                    "mean %s, from %s to %s",
                    number(column.mean()),
                    number(column.min()),
                    number(column.max()));
        }
        TreeMap<String, Long> counts = column.counts();
        if (column.type().get() == ColumnType.DATE && !counts.isEmpty()) {
            return "from " + counts.firstKey() + " to " + counts.lastKey();
        }
        boolean rare = counts.values().stream().noneMatch(count -> count >= column.present() / 200.0);
        String shown = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN_VALUES)
                .map(value -> FileRow.shown(value.getKey())
                        + (rare
                                ? ""
                                : String.format(Locale.ROOT, " %.0f %%", 100.0 * value.getValue() / column.present())))
                .collect(Collectors.joining(", ", rare ? "such as " : "", ""));
        return counts.size() > SHOWN_VALUES ? shown + ", …" : shown;
    }

    private static String shortened(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME - 1) + "…";
    }

    private static String number(double value) {
        boolean grouped = value == Math.rint(value) || Math.abs(value) >= 1e4;
        return grouped && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
