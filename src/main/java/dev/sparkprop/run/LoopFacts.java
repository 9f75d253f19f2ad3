package dev.sparkprop.run;

import dev.sparkprop.evaluation.Batches;

/**
 * The size of a training loop.
 *
 * @param iterations the maximum number of iterations
 * @param batches the batches of the examples
 * @param validates whether there are validation examples
 */
public record LoopFacts(int iterations, Batches batches, boolean validates) {}
