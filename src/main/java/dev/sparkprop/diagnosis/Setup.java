package dev.sparkprop.diagnosis;

import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Optimizer;

/**
 * What is set of a training, so that nothing is suggested that is set already.
 *
 * @param topology the net
 * @param optimizer that moves the parameters
 * @param scheme that drew the first ones
 * @param standardizing of the features
 */
public record Setup(Topology topology, Optimizer optimizer, WeightInitializer scheme, Standardizing standardizing) {

    /** Whether features are brought to mean 0 and deviation 1. */
    public enum Standardizing {
        ON,
        OFF,
        /** Of generated examples, which have no such setting. */
        NOT_OFFERED
    }
}
