package dev.sparkprop.spark.scoring;

import dev.sparkprop.network.Output;
import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * How a class follows from the network's outputs.
 *
 * @param threshold the probability from which on the second of two classes is predicted; NaN for the most probable
 *     class
 * @param bestF1 whether the threshold is the one with the best F1 on the evaluated examples
 */
public record Decision(double threshold, boolean bestF1) implements Serializable {
    /** Predicts the most probable class, as in training. */
    public static final Decision MOST_PROBABLE = new Decision(Double.NaN, false);

    /** Finds the threshold with the best F1. */
    public static final Decision BEST_F1 = new Decision(Double.NaN, true);

    /** Predicts the second of two classes if its probability is at least a threshold. */
    public static Decision at(double threshold) {
        return new Decision(threshold, false);
    }

    /** Returns the threshold, if there is one. */
    OptionalDouble known() {
        return Double.isNaN(threshold) ? OptionalDouble.empty() : OptionalDouble.of(threshold);
    }

    /** Returns the number of the class. */
    int predictedClass(double[] z) {
        return Double.isNaN(threshold)
                ? Output.predictedClass(z)
                : Output.sigmoid(Output.logit(z, 1)) >= threshold ? 1 : 0;
    }
}
