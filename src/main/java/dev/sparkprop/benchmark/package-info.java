/**
 * How fast kernels and trainings are, and what that predicts for other data and machines.
 *
 * <p>May import {@code network}, {@code kernel} and {@code data}.
 */
package dev.sparkprop.benchmark;
