/**
 * Arithmetic on tiles, where the time goes: float32 arrays in, float32 arrays out. {@link
 * dev.sparkprop.kernel.ScalarKernels} is the specification, to the bit, of what any other kernels must compute. Imports
 * {@code java.*} and the tile's layout; knows nothing of nets, training or clusters.
 */
package dev.sparkprop.kernel;
