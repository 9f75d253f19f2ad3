package dev.sparkprop.data;

/** What becomes of rows that are not examples. */
public enum BadRows {
    /** Nothing is trained. */
    FAIL,
    /** They are left out, and counted. */
    SKIP
}
