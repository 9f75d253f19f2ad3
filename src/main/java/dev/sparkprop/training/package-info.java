/**
 * Follow a training from its first parameters to its last: the {@link dev.sparkprop.training.Trainer} lets the
 * optimizer evaluate a {@link dev.sparkprop.training.MeanObjective} again and again, validates, logs and saves when
 * the {@link dev.sparkprop.training.Schedule} says so, and stops when a stop rule holds; the {@link
 * dev.sparkprop.training.Ledger} records where the time goes.
 *
 * <p>May import {@code evaluation} and the mathematics below. Free of Spark, files and consoles.
 */
package dev.sparkprop.training;
