package dev.sparkprop.data.tables;

/** The formats of data files. */
public enum FileFormat {
    /** Delimiter-separated values, one row per line. */
    CSV,
    /** Lines with a label and {@code index:value} pairs. Indices start at 1 and ascend; missing values are 0. */
    LIBSVM,
    /** Columns that contain numbers, arrays of numbers or vectors. */
    PARQUET,
    /** Tables, queries and formats that Spark's own readers provide. */
    SPARK
}
