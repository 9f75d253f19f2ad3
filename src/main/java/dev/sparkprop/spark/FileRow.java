package dev.sparkprop.spark;

import dev.sparkprop.data.Label;

/** The row at which a reader is: what it holds as an example, or why it holds none. Filled again for each row. */
final class FileRow {
    /** Longer ones are no labels, and one of them on each executor would be too much. */
    private static final int MAX_LABEL = 1000;

    private static final int MAX_SHOWN = 40;

    /** Features, then targets that are numbers. */
    final double[] values;

    String label;
    double weight;

    /** What is wrong with the row; null if nothing is. */
    String problem;

    /** Whether that is so of all that follows in the file. */
    boolean unreadable;

    FileRow(int values) {
        this.values = new double[values];
    }

    void clear() {
        label = null;
        weight = 1;
        problem = null;
        unreadable = false;
    }

    /** Notes that the value of a column is not allowed. */
    void invalid(String column, String value, String allowed) {
        problem = "Invalid " + column + ": " + shown(value) + " (" + allowed + ")";
    }

    /** A value in not many characters. */
    static String shown(String value) {
        if (value.length() > MAX_SHOWN) {
            return value.substring(0, MAX_SHOWN) + "… of " + value.length() + " characters";
        }
        return value.isBlank() ? "nothing" : value;
    }

    /** Whether a number has a place among those that a net computes with. */
    static boolean usable(double value) {
        return Math.abs(value) <= Float.MAX_VALUE;
    }

    /** Takes over a label. */
    void label(String column, String text) {
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
