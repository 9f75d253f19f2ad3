package dev.sparkprop.spark.files;

import dev.sparkprop.text.Label;

/**
 * A reader's current row: its values as an example, or the reason why it is not a valid example. The object is reused
 * for each row.
 */
public final class FileRow {
    /** Longer texts are rejected as labels: storing even one of them per executor would use too much memory. */
    private static final int MAX_LABEL = 1000;

    /** Longer values are truncated in messages. */
    private static final int MAX_SHOWN = 40;

    private final double[] values;
    private String label;
    private double weight;
    private String problem;
    private boolean unreadable;

    /** Creates a row with the given number of values. */
    public FileRow(int values) {
        this.values = new double[values];
    }

    /** Prepares for the next row. The values keep their contents until they are overwritten. */
    public void clear() {
        label = null;
        weight = 1;
        problem = null;
        unreadable = false;
    }

    /** Returns the features, followed by numeric targets. This is the row's own array, to be filled by parsers. */
    public double[] values() {
        return values;
    }

    /** Returns the label; null if targets are numbers. */
    public String label() {
        return label;
    }

    /** Returns the weight, 1 by default. */
    public double weight() {
        return weight;
    }

    /** Returns true if the row has no problem. */
    public boolean isGood() {
        return problem == null;
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
