/**
 * Reference implementations for benchmarks: Spark MLlib's perceptron on the same examples, the BLAS library that it
 * uses, and an empty Spark job. Training does not use this package.
 *
 * <p>May import {@code spark.files} for the SQL session, {@code spark.dataset}, {@code network}, {@code kernel} and
 * {@code data}.
 */
package dev.sparkprop.spark.peer;
