package dev.sparkprop.diagnosis;

import dev.sparkprop.network.Topology;
import java.util.List;

/** The minimum cost of a network that gives the same answer for every example. */
final class Constant {
    private Constant() {}

    /** Returns the cost for equally frequent classes, which depends only on the loss. NaN for squared error. */
    static double cost(Topology topology) {
        return switch (topology.loss()) {
            case BINARY_CROSS_ENTROPY -> Math.log(2);
            case SOFTMAX_CROSS_ENTROPY -> Math.log(topology.outputs());
            case SQUARED_ERROR -> Double.NaN;
        };
    }

    /**
     * Returns the cost for classes with the given weights, when the answer is their fractions p: −Σ p·ln p. NaN if
     * all weights are 0.
     */
    static double cost(List<Double> weights) {
        double all = weights.stream().mapToDouble(weight -> weight).sum();
        return all == 0
                ? Double.NaN
                : weights.stream()
                        .mapToDouble(weight -> weight == 0 ? 0 : -weight / all * Math.log(weight / all))
                        .sum();
    }
}
