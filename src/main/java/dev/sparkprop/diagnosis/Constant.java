package dev.sparkprop.diagnosis;

import dev.sparkprop.network.Topology;
import java.util.List;

/** The least cost of a net that answers the same whatever the example is. */
final class Constant {
    private Constant() {}

    /** As far as the loss alone tells, of classes that are equally frequent; NaN where it does not. */
    static double cost(Topology topology) {
        return switch (topology.loss()) {
            case BINARY_CROSS_ENTROPY -> Math.log(2);
            case SOFTMAX_CROSS_ENTROPY -> Math.log(topology.outputs());
            case SQUARED_ERROR -> Double.NaN;
        };
    }

    /** Of classes with these weights, answering with their shares p: −Σ p·ln p. NaN where nothing has a weight. */
    static double cost(List<Double> weights) {
        double all = weights.stream().mapToDouble(weight -> weight).sum();
        return all == 0
                ? Double.NaN
                : weights.stream()
                        .mapToDouble(weight -> weight == 0 ? 0 : -weight / all * Math.log(weight / all))
                        .sum();
    }
}
