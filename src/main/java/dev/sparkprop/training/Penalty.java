package dev.sparkprop.training;

import dev.sparkprop.kernel.Dense;
import java.util.List;

/**
 * The penalty for large weights: (l2/2)·Σ W² + l1·Σ |W| over all weights. Biases are not penalized.
 *
 * @param l2 factor of the squares, at least 0
 * @param l1 factor of the magnitudes, at least 0
 */
public record Penalty(double l2, double l1) {
    /** No penalty. */
    public static final Penalty NONE = new Penalty(0, 0);

    public Penalty {
        if (!(l2 >= 0 && l1 >= 0)) {
            throw new IllegalArgumentException(
                    "Invalid penalty: l2 " + l2 + ", l1 " + l1 + " (must both be at least 0)");
        }
    }

    /** Returns the penalty of one weight. */
    double of(double weight) {
        return l2 / 2 * weight * weight + l1 * Math.abs(weight);
    }

    /** Returns the penalty and adds its derivative l2·W + l1·sign(W) to the gradient, where sign(0) is 0. */
    double addTo(double[] gradient, double[] parameters, List<Dense> layers) {
        if (equals(NONE)) {
            return 0;
        }
        double squares = 0;
        double magnitudes = 0;
        for (Dense layer : layers) {
            for (int i = layer.weights(); i < layer.weights() + layer.weightCount(); i++) {
                double weight = parameters[i];
                squares += weight * weight;
                magnitudes += Math.abs(weight);
                gradient[i] += l2 * weight + l1 * Math.signum(weight);
            }
        }
        return l2 / 2 * squares + l1 * magnitudes;
    }
}
