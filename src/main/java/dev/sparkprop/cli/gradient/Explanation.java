package dev.sparkprop.cli.gradient;

import dev.sparkprop.network.ChainRule;
import dev.sparkprop.network.ParameterPlace;
import dev.sparkprop.network.ReferenceGradient.Difference;
import java.util.List;

/**
 * A derivative of one example's loss with respect to one parameter, computed in three ways.
 *
 * @param example the example as given on the command line
 * @param features the names of the network's inputs; empty if they have no names
 * @param standardized whether the example was standardized for the network
 * @param targets the targets on the network's scale
 * @param place the parameter
 * @param rule the first way: all factors of the chain rule
 * @param difference the second way: a central difference
 * @param distributed the third way: the result of a Spark job, whose kernels compute in float32
 * @param master the Spark master that ran the job
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
public record Explanation(
        String example,
        List<String> features,
        boolean standardized,
        double[] targets,
        ParameterPlace place,
        ChainRule rule,
        Difference difference,
        double distributed,
        String master) {

    /** Returns the derivative by the chain rule. */
    public double derivative() {
        return rule.derivative(place);
    }

    /**
     * Returns the difference between another result and the chain rule's, divided by the larger magnitude of the two;
     * 0 if they are equal.
     */
    double relativeDifference(double other) {
        double distance = Math.abs(other - derivative());
        return distance == 0 ? 0 : distance / Math.max(Math.abs(other), Math.abs(derivative()));
    }
}
