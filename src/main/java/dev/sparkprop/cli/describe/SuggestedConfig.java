package dev.sparkprop.cli.describe;

import dev.sparkprop.cli.options.UsageException;
import dev.sparkprop.config.FileNames;
import dev.sparkprop.config.Hocon;
import dev.sparkprop.data.columns.ColumnProfile;
import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.tables.FileData.Csv;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.spark.profile.TableProfile;
import dev.sparkprop.text.ConstantName;
import dev.sparkprop.text.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Suggests a configuration that trains on a table. */
final class SuggestedConfig {
    /** Whole numbers with at most this many different values are classes rather than amounts. */
    private static final int MAX_NUMBERED_CLASSES = 10;

    private static final int MAX_CLASSES = 1_000;

    /** Numbers with more than two and at most this many different values are codes rather than amounts. */
    private static final int MAX_CODES = 5;

    private static final int MIN_ROWS_PER_CODE = 20;

    /** Text columns with more different values are hashed. */
    private static final int MAX_CATEGORIES = 100;

    private static final int BUCKETS = 64;

    /** A column in which more than this fraction of the values are different identifies rows. */
    private static final double IDENTIFYING = 0.9;

    private static final int MIN_ROWS_TO_IDENTIFY = 20;

    /** Names of columns that identify rows, such as id, page_id and orderId. */
    private static final Pattern IDENTIFIER = Pattern.compile("(?:^|[^A-Za-z])(?i:id)$|[a-z]I[Dd]$");

    /** With as many rows, some can be held out. */
    private static final int MIN_ROWS_TO_VALIDATE = 1_000;

    private final TableProfile table;
    private final String target;
    private final FileFormat format;
    private final Csv csv;
    private final List<String> paths;
    private final List<String> notes = new ArrayList<>();
    private final List<String> categorical = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();
    private final List<String> columnSections = new ArrayList<>();
    private final Set<String> placeholders = new TreeSet<>();
    private boolean gaps;
    private final String text;

    /**
     * Creates a suggestion.
     *
     * @param target the name of the column to predict
     * @param file the configuration file, relative to which the paths are written
     * @throws UsageException if the target cannot be predicted
     */
    SuggestedConfig(TableProfile table, String target, FileFormat format, Csv csv, List<String> paths, Path file)
            throws UsageException {
        this.table = table;
        this.target = target;
        this.format = format;
        this.csv = csv;
        this.paths = paths.stream().map(path -> FileNames.relative(path, file)).toList();
        for (int i = 0; i < table.columns().size(); i++) {
            if (!table.names().get(i).equals(target)) {
                suggest(table.names().get(i), table.columns().get(i));
            }
        }
        this.text = compose();
    }

    /** Returns notes for the user, one per line. */
    List<String> notes() {
        return notes;
    }

    /** Returns the contents of the configuration file. */
    String text() {
        return text;
    }

    private void suggest(String name, ColumnProfile column) {
        long distinct = column.distinct().orElse(Long.MAX_VALUE);
        boolean identifying =
                table.rows() >= MIN_ROWS_TO_IDENTIFY && distinct > IDENTIFYING * column.present() && distinct > 1;
        if (column.type().isEmpty()) {
            exclude(name, column.present() == 0 ? "it has no value" : "its values are neither numbers nor text");
        } else if (distinct == 1 && column.missing() == 0) {
            exclude(name, "all its values are equal");
        } else if (identifying && column.type().get() == ColumnType.CATEGORY) {
            exclude(name, "nearly all its values are different");
        } else if (identifying
                && column.isWhole()
                && (column.max() - column.min() < 2 * table.rows()
                        || IDENTIFIER.matcher(name).find())) {
            exclude(name, "it seems to number the rows");
        } else {
            include(name, column, distinct);
        }
    }

    private void exclude(String name, String reason) {
        excluded.add(name);
        notes.add("Excluded " + name + ": " + reason);
    }

    private void include(String name, ColumnProfile column, long distinct) {
        gaps |= column.missing() > 0;
        placeholders.addAll(column.placeholders().keySet());
        ColumnType type = column.type().orElseThrow();
        boolean declared = format == FileFormat.PARQUET && type != ColumnType.CATEGORY;
        boolean codes = type == ColumnType.NUMBER
                && distinct > 2
                && distinct <= MAX_CODES
                && column.present() >= MIN_ROWS_PER_CODE * distinct;
        if (codes) {
            notes.add("Treats the " + distinct + " different numbers in " + name + " as categories");
        }
        if (codes || type == ColumnType.CATEGORY && distinct <= MAX_CATEGORIES) {
            categorical.add(name);
        } else if (type == ColumnType.CATEGORY) {
            columnSections.add(Hocon.quoted(name) + " { type = category, encoding = hash, buckets = " + BUCKETS + " }");
        } else if (column.needsZone()) {
            columnSections.add(Hocon.quoted(name) + " { type = date, zone = UTC, parts = [weekday, hour] }");
            notes.add("Reads times in " + name + " without a time zone as UTC");
        } else if (type != ColumnType.NUMBER && !declared) {
            columnSections.add(Hocon.quoted(name) + " { type = " + ConstantName.of(type) + " }");
        }
    }

    private String compose() throws UsageException {
        ColumnProfile column = table.columns().get(table.names().indexOf(target));
        long distinct = column.distinct().orElse(Long.MAX_VALUE);
        boolean classes =
                column.type().filter(type -> type == ColumnType.NUMBER).isEmpty()
                        || column.isWhole() && distinct <= MAX_NUMBERED_CLASSES;
        if (distinct < 2 || classes && distinct > MAX_CLASSES) {
            throw new UsageException("Invalid --target: " + target + " has "
                    + (column.distinct().isPresent()
                            ? Words.count(distinct, "different value")
                            : "too many different values")
                    + " (must be numbers, or 2 to " + MAX_CLASSES + " classes)");
        }
        String outputs = !classes ? "output = linear" : distinct == 2 ? "output = sigmoid" : "output = softmax";
        notes.add("Predicts " + target + ": " + (classes ? distinct + " classes" : "a number"));
        if (classes && column.isWhole() && distinct > 2) {
            notes.add(
                    "To predict " + target + " as a number instead, end network.layers with 1 and set output = linear");
        }
        List<String> lines = new ArrayList<>();
        lines.add("# Predicts " + target + " from " + Words.count(table.rows(), "row")
                + ". Suggested by sparkprop describe.");
        lines.add("network {");
        lines.add("  # inputs (known when the files have been read), hidden units, outputs");
        lines.add("  layers = [auto, 16, " + (classes && distinct > 2 ? distinct : 1) + "]");
        lines.add("  hidden = tanh");
        lines.add("  " + outputs);
        lines.add("  initial.scheme = xavier");
        lines.add("  # prevents large weights: 1 / rows");
        lines.add("  l2 = " + String.format(Locale.ROOT, "%.3g", 1.0 / table.rows()));
        lines.add("}");
        lines.addAll(data(column));
        lines.add("optimizer.name = l-bfgs");
        lines.add("training { iterations = 200, log-every = 20 }");
        return String.join("\n", lines) + "\n";
    }

    private List<String> data(ColumnProfile targetColumn) {
        List<String> lines = new ArrayList<>();
        lines.add("data {");
        lines.add("  source = " + ConstantName.of(format));
        lines.add("  path = " + (paths.size() == 1 ? Hocon.quoted(paths.get(0)) : list(paths)));
        if (format == FileFormat.CSV && csv.separator() != ',') {
            lines.add("  separator = "
                    + (csv.separator() == '\t' ? "\"\\t\"" : Hocon.quoted(String.valueOf(csv.separator()))));
        }
        if (format == FileFormat.CSV && !csv.header()) {
            lines.add("  header = false");
        }
        lines.add("  target = " + Hocon.quoted(target));
        lines.add("  standardize = true");
        if (!excluded.isEmpty()) {
            lines.add("  exclude = " + list(excluded));
        }
        if (!categorical.isEmpty()) {
            lines.add("  categorical = " + list(categorical));
        }
        if (gaps) {
            lines.add("  missing = median");
            lines.add("  missing-indicator = true");
        }
        if (!placeholders.isEmpty()) {
            List<String> nulls = new ArrayList<>(List.of("", "null"));
            nulls.addAll(placeholders);
            lines.add("  null-values = " + list(nulls));
        }
        if (targetColumn.missing() > 0) {
            notes.add("Skips " + Words.count(targetColumn.missing(), "row") + " without a value of " + target);
            columnSections.add(Hocon.quoted(target) + " { missing = skip }");
        }
        if (!columnSections.isEmpty()) {
            lines.add("  columns {");
            columnSections.forEach(section -> lines.add("    " + section));
            lines.add("  }");
        }
        if (table.badRows() > 0) {
            lines.add("  on-bad-row = skip");
        }
        if (table.rows() >= MIN_ROWS_TO_VALIDATE) {
            lines.add("  # the model gets the parameters with the lowest cost on held-out examples");
            lines.add("  validation.fraction = 0.2");
        }
        lines.add("}");
        return lines;
    }

    private static String list(List<String> values) {
        return values.stream().map(Hocon::quoted).collect(Collectors.joining(", ", "[", "]"));
    }
}
