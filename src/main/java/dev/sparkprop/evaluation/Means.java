package dev.sparkprop.evaluation;

import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.CostAndGradient;
import java.util.List;

/** Divides sums to get exact means: once, after everything has been added up, never a mean of means. */
public final class Means {
    private Means() {}

    /**
     * Returns the cost (Σ w·loss)/(Σ w), gradient and accuracy of each candidate, without penalties. If all examples
     * have weight 0, cost and gradient are 0 and the accuracy is NaN. The sums must not be used afterwards: their
     * gradients are divided in place.
     */
    public static List<CostAndGradient> of(List<GradientSum> sums, Topology topology) {
        return sums.stream().map(sum -> of(sum, topology)).toList();
    }

    private static CostAndGradient of(GradientSum sum, Topology topology) {
        double weight = sum.weight() == 0 ? 1 : sum.weight();
        double divisor = weight * topology.loss().terms(topology.outputs());
        double[] gradient = sum.gradient();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= divisor;
        }
        boolean classifies = topology.loss().classifies() && sum.weight() > 0;
        return new CostAndGradient(sum.loss() / divisor, gradient, classifies ? sum.correct() / divisor : Double.NaN);
    }
}
