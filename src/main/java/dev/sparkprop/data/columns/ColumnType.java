package dev.sparkprop.data.columns;

/** The types of feature columns. */
public enum ColumnType {
    /** Finite numbers. */
    NUMBER,
    /** Truth values, encoded as 0 and 1. */
    BOOLEAN,
    /** Dates or times, encoded as days since 1970-01-01. */
    DATE,
    /** One of a set of names, encoded as 0/1 features. */
    CATEGORY
}
