package dev.sparkprop.data.columns;

/** What to do with rows whose value in a column is missing. */
public enum Missing {
    /** Treat the row as a bad row. */
    FAIL,
    /** Skip the row. */
    SKIP,
    /** Replace the value with the weighted mean of the training examples. */
    MEAN,
    /** Replace the value with the median of the training examples. */
    MEDIAN,
    /** Replace the value with 0. */
    ZERO,
    /** Replace the value with the most frequent one of the training examples; the lowest of several. */
    MOST_FREQUENT;

    /** Returns true if missing values are replaced. */
    public boolean fills() {
        return this != FAIL && this != SKIP;
    }
}
