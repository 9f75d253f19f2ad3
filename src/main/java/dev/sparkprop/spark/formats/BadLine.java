package dev.sparkprop.spark.formats;

/**
 * Replaces lines that are not valid text.
 *
 * @param problem the problem with the lines
 * @param unreadable whether the rest of the file cannot be read either
 * @param lines the number of lines
 */
record BadLine(String problem, boolean unreadable, int lines) {}
