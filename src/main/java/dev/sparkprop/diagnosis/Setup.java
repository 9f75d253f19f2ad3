package dev.sparkprop.diagnosis;

import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Optimizer;

/**
 * The current settings of a training run. Settings that are already in place are not suggested.
 *
 * @param topology shape of the network
 * @param optimizer optimizer that updates the parameters
 * @param scheme initializer of the parameters
 * @param standardizing standardization of the features
 */
public record Setup(Topology topology, Optimizer optimizer, WeightInitializer scheme, Standardizing standardizing) {

    /** Whether features are standardized to mean 0 and deviation 1. */
    public enum Standardizing {
        ON,
        OFF,
        /** Generated examples have no such setting. */
        NOT_OFFERED
    }
}
