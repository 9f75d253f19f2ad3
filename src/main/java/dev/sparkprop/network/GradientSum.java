package dev.sparkprop.network;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums over some examples, in float64, not yet divided: the gradient, the loss, and what they are sums over. A hot carrier:
 * it owns its array and is added to in place.
 */
public final class GradientSum implements Serializable {
    private static final long serialVersionUID = 1;

    private final double[] gradient;
    private double loss;
    private double examples;
    private double correct;

    /** Sums of no examples, for this many parameters. */
    public GradientSum(int parameters) {
        gradient = new double[parameters];
    }

    /** Adds to the sums that are not of the gradient. */
    void add(double moreLoss, double moreExamples, double moreCorrect) {
        loss += moreLoss;
        examples += moreExamples;
        correct += moreCorrect;
    }

    /** Adds the sums of other examples to these. Not associative in the last bit: the caller fixes the order. */
    public GradientSum merge(GradientSum other) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += other.gradient[i];
        }
        add(other.loss, other.examples, other.correct);
        return this;
    }

    /** Makes these the sums of no examples again. */
    public void clear() {
        Arrays.fill(gradient, 0);
        loss = 0;
        examples = 0;
        correct = 0;
    }

    /** Σ ∂loss/∂parameter, in the parameters' layout; this object's own array. */
    public double[] gradient() {
        return gradient;
    }

    /** Σ loss. */
    public double loss() {
        return loss;
    }

    /** Number of examples. */
    public double examples() {
        return examples;
    }

    /** Number of outputs predicted right. */
    public double correct() {
        return correct;
    }
}
