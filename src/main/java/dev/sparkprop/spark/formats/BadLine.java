package dev.sparkprop.spark.formats;

/**
 * What a reader gives in the place of lines that are no text.
 *
 * @param problem with them
 * @param unreadable whether the rest of the file cannot be read either
 * @param lines how many there are
 */
record BadLine(String problem, boolean unreadable, int lines) {}
