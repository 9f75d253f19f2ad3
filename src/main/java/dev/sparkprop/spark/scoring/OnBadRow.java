package dev.sparkprop.spark.scoring;

/** What to do with rows that have no prediction. */
public enum OnBadRow {
    /** Fail without writing anything. */
    FAIL,
    /** Skip them. */
    SKIP,
    /** Write them without a prediction. */
    NULL
}
