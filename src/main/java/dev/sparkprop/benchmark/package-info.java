/**
 * The speed of kernels and training runs, and predictions from it for other data and machines.
 *
 * <p>May import {@code network}, {@code kernel}, {@code data} and {@code data.generated}.
 */
package dev.sparkprop.benchmark;
