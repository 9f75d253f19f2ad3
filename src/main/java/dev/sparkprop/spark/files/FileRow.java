package dev.sparkprop.spark.files;

import dev.sparkprop.data.columns.ColumnRules.Unseen;
import dev.sparkprop.data.columns.Encodings;
import dev.sparkprop.text.Label;

/**
 * A reader's current row: its values as an example, or the reason why it is not a valid example. The object is reused
 * for each row.
 */
public final class FileRow {
    /** Longer texts are rejected as labels: storing even one of them per executor would use too much memory. */
    static final int MAX_LABEL = 1000;

    /** Longer values are truncated in messages. */
    private static final int MAX_SHOWN = 40;

    private final double[] values;
    private final String[] categories;
    /** The positions of missing features; only the first {@link #missingCount} are valid. */
    private final int[] missing;

    private final CategoryNames names;
    private int missingCount;
    private boolean skipped;
    private boolean unseen;
    private String label;
    private double weight;
    private String problem;
    private boolean unreadable;

    /** Creates a row with the given number of values. */
    public FileRow(int values) {
        this(values, new CategoryNames());
    }

    /** Creates a row that shares its memory of names with others. */
    public FileRow(int values, CategoryNames names) {
        this.names = names;
        this.values = new double[values];
        this.categories = new String[values];
        this.missing = new int[values];
    }

    /** Prepares for the next row. The values keep their contents until they are overwritten. */
    public void clear() {
        missingCount = 0;
        skipped = false;
        unseen = false;
        label = null;
        weight = 1;
        problem = null;
        unreadable = false;
    }

    /**
     * Returns the features, followed by numeric targets. NaN stands for a missing number or a category. This is the
     * row's own array, to be filled by parsers.
     */
    public double[] values() {
        return values;
    }

    /** Returns the categories of the features; null for a missing category or a number. This is the row's own array. */
    public String[] categories() {
        return categories;
    }

    CategoryNames names() {
        return names;
    }

    /** Sets a feature that is a category. */
    void category(int feature, String name) {
        values[feature] = Double.NaN;
        categories[feature] = name;
    }

    /** Records that the value of a feature is missing. */
    void missing(int feature) {
        values[feature] = Double.NaN;
        categories[feature] = null;
        missing[missingCount++] = feature;
    }

    /** Returns the number of features whose values are missing. */
    int missingCount() {
        return missingCount;
    }

    /** Returns the position of the n-th feature whose value is missing. */
    int missingFeature(int n) {
        return missing[n];
    }

    /** Records that the row is to be skipped because values are missing. */
    void skip() {
        skipped = true;
    }

    /** Returns true if the row is skipped because values are missing. */
    public boolean isSkipped() {
        return skipped;
    }

    /** Returns the label; null if targets are numbers. */
    public String label() {
        return label;
    }

    /** Returns the weight, 1 by default. */
    public double weight() {
        return weight;
    }

    /** Returns true if the row is an example: it has no problem and is not skipped. */
    public boolean isGood() {
        return problem == null && !skipped;
    }

    /** Returns the problem with the row; null if there is none. */
    public String problem() {
        return problem;
    }

    /** Returns true if the rest of the file cannot be read either. */
    public boolean isUnreadable() {
        return unreadable;
    }

    /** Sets the weight. */
    public void setWeight(double value) {
        weight = value;
    }

    /** Records a problem with the row. */
    public void fail(String reason) {
        problem = reason;
    }

    /** Records that neither the row nor the rest of its file can be read. */
    public void failFile(String reason) {
        problem = reason;
        unreadable = true;
    }

    /** Records an invalid value in a column. */
    public void invalidCell(String column, String value, String allowed) {
        invalid("value in column " + column, value, allowed);
    }

    /**
     * Looks for a category that was not among the training examples. It is a problem unless such categories are
     * allowed.
     */
    public void checkCategories(Encodings encodings, Unseen policy) {
        int first = isGood() ? encodings.firstUnseen(categories) : -1;
        unseen = first >= 0;
        if (unseen && policy == Unseen.FAIL) {
            invalidCell(
                    encodings.features().get(first).name(),
                    categories[first],
                    "must be a category of the training examples, because of data.unseen = fail");
        }
    }

    /** Returns true if the row has a category that was not among the training examples. */
    boolean hasUnseen() {
        return unseen;
    }

    /** Records an invalid part of the row. */
    public void invalid(String part, String value, String allowed) {
        fail("Invalid " + part + ": " + shown(value) + " (" + allowed + ")");
    }

    /** Returns a value, truncated for messages. */
    public static String shown(String value) {
        if (value.length() > MAX_SHOWN) {
            return value.substring(0, MAX_SHOWN) + "… (" + value.length() + " characters)";
        }
        return value.isBlank() ? "(empty)" : value;
    }

    /** Returns true if a number is finite in float32, the precision in which networks compute. */
    public static boolean usable(double value) {
        return Math.abs(value) <= Float.MAX_VALUE;
    }

    /** Checks and sets the label. */
    public void label(String column, String text) {
        String name = text.length() > MAX_LABEL && text.strip().length() > MAX_LABEL ? "" : Label.name(text);
        if (name.isEmpty()) {
            invalidCell(column, text, "must be a label of at most " + MAX_LABEL + " characters");
        } else if (name.equalsIgnoreCase("nan") || name.equalsIgnoreCase("null")) {
            invalidCell(column, text, "must be a label");
        } else {
            label = name;
        }
    }
}
