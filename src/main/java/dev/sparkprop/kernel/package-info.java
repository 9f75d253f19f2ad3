/**
 * Arithmetic on tiles, from float32 arrays to float32 arrays, where most of the time is spent.
 * {@link dev.sparkprop.kernel.ScalarKernels} is the specification: all other kernels must compute the same bits.
 * Imports {@code java.*}, the diagnostics of the JVM, and the tile layout from {@code data}. Independent of networks,
 * training and clusters.
 */
package dev.sparkprop.kernel;
