package dev.sparkprop.cli.gradient;

import dev.sparkprop.network.ChainRule;
import dev.sparkprop.network.ParameterPlace;
import dev.sparkprop.network.ReferenceGradient.Difference;

/**
 * A derivative of the loss of one example by one parameter, found in three ways.
 *
 * @param example as it was given
 * @param standardized whether the net takes it otherwise
 * @param targets as the net learns them
 * @param place of the parameter
 * @param rule every factor of the first way
 * @param difference the second way
 * @param distributed the third way: what a Spark job came to, whose kernels take float32
 * @param master that the job ran on
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
public record Explanation(
        String example,
        boolean standardized,
        double[] targets,
        ParameterPlace place,
        ChainRule rule,
        Difference difference,
        double distributed,
        String master) {

    /** By the chain rule. */
    public double derivative() {
        return rule.derivative(place);
    }

    /** Distance of another way from the chain rule, over the larger of both; 0 where they are the same. */
    double relativeDifference(double other) {
        double distance = Math.abs(other - derivative());
        return distance == 0 ? 0 : distance / Math.max(Math.abs(other), Math.abs(derivative()));
    }
}
