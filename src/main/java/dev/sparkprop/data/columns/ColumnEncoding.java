package dev.sparkprop.data.columns;

import java.io.Serializable;
import java.util.List;

/** Converts the value of a column to features. Learned from the training examples. */
public sealed interface ColumnEncoding extends Serializable permits NumberEncoding, OneHotEncoding, HashEncoding {
    /** Returns the column as it is read. */
    Feature column();

    /** Returns the number of features. */
    int width();

    /** Returns the names of the features. */
    List<String> names();

    /** Returns true if the first feature is a number, which may be standardized. All other features are 0 or 1. */
    default boolean hasNumber() {
        return column().type() != ColumnType.CATEGORY;
    }

    /** Returns true if the encoding replaces missing values. */
    default boolean fills() {
        return column().missing().fills();
    }

    /**
     * Writes the features of a value.
     *
     * @param number the value of a number, boolean or date; NaN if it is missing
     * @param category the value of a category; null if it is missing
     * @param into receives the features, starting at position {@code at}
     */
    void encode(double number, String category, double[] into, int at);

    /** Returns true if the training examples contained a category, or if others have a feature of their own. */
    default boolean knows(String category) {
        return true;
    }

    /** Returns the name of the feature that marks missing values. */
    static String indicatorName(String column) {
        return column + " is missing";
    }
}
