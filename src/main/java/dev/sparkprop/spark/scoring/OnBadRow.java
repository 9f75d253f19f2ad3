package dev.sparkprop.spark.scoring;

/** What to do with rows that have no prediction. */
public enum OnBadRow {
    /** Write nothing at all. */
    FAIL,
    /** Leave them out. */
    SKIP,
    /** Write them without a prediction. */
    NULL
}
