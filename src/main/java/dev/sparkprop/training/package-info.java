/**
 * The training loop and the one seam in it: a {@link dev.sparkprop.training.GradientSource} gives sums of gradients, local
 * or distributed, and nothing here can tell which. Free of Spark, files and consoles.
 */
package dev.sparkprop.training;
