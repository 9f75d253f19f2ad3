/**
 * Trained networks in plain Java, for programs that score one example at a time. Imports {@code store},
 * {@code network}, {@code data} and, of Spark, only the vectors.
 */
package dev.sparkprop.ml;
