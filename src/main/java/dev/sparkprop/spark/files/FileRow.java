package dev.sparkprop.spark.files;

import dev.sparkprop.text.Label;

/** The row at which a reader is: what it holds as an example, or why it holds none. Filled again for each row. */
public final class FileRow {
    /** Longer ones are no labels, and one of them on each executor would be too much. */
    private static final int MAX_LABEL = 1000;

    /** Longer values are cut in messages. */
    private static final int MAX_SHOWN = 40;

    private final double[] values;
    private String label;
    private double weight;
    private String problem;
    private boolean unreadable;

    /** A row with this many numbers. */
    public FileRow(int values) {
        this.values = new double[values];
    }

    /** Makes room for the next row; its values are those of the last one until they are filled again. */
    public void clear() {
        label = null;
        weight = 1;
        problem = null;
        unreadable = false;
    }

    /** Features, then targets that are numbers: this row's own array, for parsers to fill. */
    public double[] values() {
        return values;
    }

    /** The label; null if targets are numbers. */
    public String label() {
        return label;
    }

    /** The weight, 1 unless the row has one. */
    public double weight() {
        return weight;
    }

    /** Whether nothing is wrong with the row. */
    public boolean isGood() {
        return problem == null;
    }

    /** What is wrong with the row; null if nothing is. */
    public String problem() {
        return problem;
    }

    /** Whether the rest of the file cannot be read either. */
    public boolean isUnreadable() {
        return unreadable;
    }

    /** Takes over a weight. */
    public void weigh(double value) {
        weight = value;
    }

    /** Notes what is wrong with the row. */
    public void fail(String reason) {
        problem = reason;
    }

    /** Notes that neither the row nor the rest of its file can be read. */
    public void failFile(String reason) {
        problem = reason;
        unreadable = true;
    }

    /** Notes that the value of a column is not allowed. */
    public void invalid(String column, String value, String allowed) {
        fail("Invalid " + column + ": " + shown(value) + " (" + allowed + ")");
    }

    /** A value in not many characters. */
    public static String shown(String value) {
        if (value.length() > MAX_SHOWN) {
            return value.substring(0, MAX_SHOWN) + "… of " + value.length() + " characters";
        }
        return value.isBlank() ? "nothing" : value;
    }

    /** Whether a number is finite in float32, in which nets compute. */
    public static boolean usable(double value) {
        return Math.abs(value) <= Float.MAX_VALUE;
    }

    /** Takes over a label. */
    public void label(String column, String text) {
        String name = text.length() > MAX_LABEL && text.strip().length() > MAX_LABEL ? "" : Label.name(text);
        if (name.isEmpty()) {
            invalid(column, text, "must be a label of at most " + MAX_LABEL + " characters");
        } else if (name.equalsIgnoreCase("nan") || name.equalsIgnoreCase("null")) {
            invalid(column, text, "must be a label");
        } else {
            label = name;
        }
    }
}
