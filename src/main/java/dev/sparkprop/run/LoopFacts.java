package dev.sparkprop.run;

import dev.sparkprop.evaluation.Batches;

/**
 * What the iterations of a training loop go over.
 *
 * @param iterations at most
 * @param batches of examples
 * @param validates whether there are examples to validate with
 */
public record LoopFacts(int iterations, Batches batches, boolean validates) {}
