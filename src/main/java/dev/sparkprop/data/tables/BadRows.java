package dev.sparkprop.data.tables;

/** What to do with rows that are not valid examples. */
public enum BadRows {
    /** Report them and fail. */
    FAIL,
    /** Skip and count them. */
    SKIP
}
