package dev.sparkprop.data;

/** How files hold examples. */
public enum FileFormat {
    /** Lines of values with a separator between them. */
    CSV,
    /** Lines of a label and {@code index:value} pairs, indices from 1 and ascending; what is not there is 0. */
    LIBSVM,
    /** Columns of numbers, arrays of numbers or vectors. */
    PARQUET
}
