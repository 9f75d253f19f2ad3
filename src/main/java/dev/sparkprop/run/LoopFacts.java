package dev.sparkprop.run;

import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.network.Topology;

/**
 * The size of a training loop.
 *
 * @param topology the topology of the network
 * @param iterations the maximum number of iterations
 * @param batches the batches of the examples
 * @param validates whether there are validation examples
 */
public record LoopFacts(Topology topology, int iterations, Batches batches, boolean validates) {}
