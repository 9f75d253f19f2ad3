package dev.sparkprop.training;

import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;

/**
 * What sums over examples come to for one of them.
 *
 * @param cost (Σ w·loss)/(Σ w), of several outputs their mean where the loss is one; 0 if all examples weigh 0
 * @param accuracy share of right predictions, 0 to 1; NaN where predictions are not right or wrong, or weigh nothing
 */
public record Score(double cost, double accuracy) {
    static Score of(GradientSum sum, Topology topology) {
        double divisor = divisor(sum, topology);
        boolean right = topology.loss().classifies() && sum.examples() > 0;
        return new Score(sum.loss() / divisor, right ? sum.correct() / divisor : Double.NaN);
    }

    /** What sums are divided by; 1 if all examples weigh 0. */
    static double divisor(GradientSum sum, Topology topology) {
        double weight = sum.examples() == 0 ? 1 : sum.examples();
        return weight * topology.loss().terms(topology.outputs());
    }
}
