/**
 * What benchmarks compare with: Spark MLlib's perceptron on the same examples, the BLAS that it computes with, and a
 * Spark job that does nothing. No training uses this room.
 *
 * <p>May import {@code spark.files} for the SQL session, {@code spark.dataset}, {@code network}, {@code kernel} and
 * {@code data}.
 */
package dev.sparkprop.spark.peer;
