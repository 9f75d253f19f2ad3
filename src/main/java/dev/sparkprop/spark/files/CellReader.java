package dev.sparkprop.spark.files;

import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.columns.Feature;
import dev.sparkprop.data.columns.Missing;
import dev.sparkprop.data.columns.TruthText;
import dev.sparkprop.text.Label;
import dev.sparkprop.text.NumberText;
import java.io.Serializable;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the cells of feature columns according to their types.
 *
 * @param features the features of a row
 * @param nullValues the texts that stand for missing values, in lower case
 */
public record CellReader(List<Feature> features, Set<String> nullValues) implements Serializable {
    private static final Pattern DECIMAL_COMMA = Pattern.compile("\\s*[-+]?\\d{1,20},\\d{1,20}\\s*");

    /** Common texts for missing values. */
    private static final Set<String> PLACEHOLDERS =
            Set.of("na", "n/a", "nan", "null", "none", "nil", "?", "-", ".", "missing", "unknown");

    public CellReader {
        features = List.copyOf(features);
        nullValues = Set.copyOf(nullValues);
    }

    /** Creates a reader of features, given the texts that stand for missing values. */
    public static CellReader of(List<Feature> features, List<String> nullValues) {
        Set<String> lowerCase = new HashSet<>();
        nullValues.forEach(text -> lowerCase.add(text.strip().toLowerCase(Locale.ROOT)));
        return new CellReader(features, lowerCase);
    }

    /** Creates a reader of numbers that must not be missing. */
    public static CellReader numbers(List<String> names) {
        return of(names.stream().map(Feature::number).toList(), List.of());
    }

    /** Stores a cell of text in a row. */
    public void text(int index, String text, FileRow row) {
        Feature feature = features.get(index);
        String known = feature.type() == ColumnType.CATEGORY ? row.names().known(text) : null;
        if (known != null) {
            row.category(index, known);
            return;
        } else if (isMissing(text)) {
            row.missing(index);
            return;
        }
        switch (feature.type()) {
            case NUMBER -> number(index, NumberText.parse(text), text, row);
            case BOOLEAN -> number(index, TruthText.parse(text), text, row);
            case DATE -> number(index, feature.dates().parse(text), text, row);
            case CATEGORY -> category(index, text, row);
        }
    }

    /** Returns true if a text stands for a missing value. */
    public boolean isMissing(String text) {
        return nullValues.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /** Stores a number, read from a cell with the given text, in a row. */
    public void number(int index, double number, String text, FileRow row) {
        if (FileRow.usable(number)) {
            row.values()[index] = number;
        } else {
            invalid(index, text, row);
        }
    }

    private void category(int index, String text, FileRow row) {
        String name = text.length() > FileRow.MAX_LABEL ? "" : Label.name(text);
        if (name.isEmpty()) {
            invalid(index, text, row);
        } else {
            row.names().add(text, name);
            row.category(index, name);
        }
    }

    private void invalid(int index, String text, FileRow row) {
        Feature feature = features.get(index);
        row.invalidCell(feature.name(), text, allowed(feature) + hint(feature, text));
    }

    private static String allowed(Feature feature) {
        return switch (feature.type()) {
            case NUMBER -> "must be a finite number";
            case BOOLEAN -> "must be true or false, yes or no, t or f, 1 or 0";
            case DATE -> feature.dates().allowed();
            case CATEGORY -> "must be a category of 1 to " + FileRow.MAX_LABEL + " characters";
        };
    }

    private static String hint(Feature feature, String text) {
        if (PLACEHOLDERS.contains(text.strip().toLowerCase(Locale.ROOT))) {
            return "; if it stands for a missing value, add it to data.null-values";
        }
        return feature.type() == ColumnType.NUMBER ? decimalPointHint(text) : "";
    }

    /** Returns the end of a message about an invalid number, which is empty unless it has a decimal comma. */
    static String decimalPointHint(String text) {
        return DECIMAL_COMMA.matcher(text).matches() ? " with a decimal point, not a comma" : "";
    }

    /** Stores a typed cell in a row. Null stands for a missing value. */
    public void cell(int index, Object cell, FileRow row) {
        Feature feature = features.get(index);
        if (cell == null || isNullNumber(cell)) {
            row.missing(index);
        } else if (cell instanceof String text) {
            text(index, text, row);
        } else {
            switch (feature.type()) {
                case NUMBER -> number(index, number(cell), cell.toString(), row);
                case BOOLEAN -> number(index, TruthText.parse(Label.name(cell.toString())), cell.toString(), row);
                case DATE -> number(index, days(cell, feature), cell.toString(), row);
                case CATEGORY -> category(index, cell.toString(), row);
            }
        }
    }

    private boolean isNullNumber(Object cell) {
        boolean notANumber = cell instanceof Double wide && wide.isNaN() || cell instanceof Float f && f.isNaN();
        return notANumber && nullValues.contains("nan");
    }

    /** Returns the value of a number or boolean; NaN for anything else. */
    public static double number(Object cell) {
        if (cell instanceof Number number) {
            return number.doubleValue();
        }
        return cell instanceof Boolean flag ? (flag ? 1 : 0) : Double.NaN;
    }

    private static double days(Object cell, Feature feature) {
        if (cell instanceof Date date) {
            return date.toLocalDate().toEpochDay();
        } else if (cell instanceof LocalDate date) {
            return date.toEpochDay();
        } else if (cell instanceof Timestamp time) {
            return feature.dates().days(time.toInstant());
        } else if (cell instanceof Instant time) {
            return feature.dates().days(time);
        }
        return cell instanceof LocalDateTime time ? feature.dates().days(time) : Double.NaN;
    }

    /** Completes a row after its cells have been stored. Handles missing values that are not replaced. */
    public void finish(FileRow row) {
        for (int n = 0; n < row.missingCount() && row.isGood(); n++) {
            Feature feature = features.get(row.missingFeature(n));
            if (feature.missing() == Missing.FAIL) {
                row.invalidCell(feature.name(), "", allowed(feature));
            }
        }
        for (int n = 0; n < row.missingCount() && row.isGood(); n++) {
            if (features.get(row.missingFeature(n)).missing() == Missing.SKIP) {
                row.skip();
            }
        }
    }
}
