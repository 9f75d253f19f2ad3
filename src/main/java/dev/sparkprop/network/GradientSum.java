package dev.sparkprop.network;

import java.io.Serializable;

/**
 * Sums over some examples, in float64, not yet divided: the gradient, the loss, and what they are sums over. A hot carrier:
 * it owns its array and is added to in place.
 */
public final class GradientSum implements Serializable {
    private static final long serialVersionUID = 1;

    private final double[] gradient;
    private double loss;
    private double weight;
    private double correct;

    /** Sums of no examples, for this many parameters. */
    public GradientSum(int parameters) {
        gradient = new double[parameters];
    }

    /** Adds to the sums that are not of the gradient. */
    void add(double moreLoss, double moreWeight, double moreCorrect) {
        loss += moreLoss;
        weight += moreWeight;
        correct += moreCorrect;
    }

    /**
     * Adds the sums of other examples to these and leaves the other as the sums of none, in one pass over both. Not associative in
     * the last bit: the caller fixes the order.
     */
    public GradientSum absorb(GradientSum other) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += other.gradient[i];
            other.gradient[i] = 0;
        }
        add(other.loss, other.weight, other.correct);
        other.loss = 0;
        other.weight = 0;
        other.correct = 0;
        return this;
    }

    /** A copy of some elements of the gradient, with all that is not of the gradient. */
    public GradientSum slice(int from, int until) {
        GradientSum slice = new GradientSum(until - from);
        System.arraycopy(gradient, from, slice.gradient, 0, until - from);
        slice.add(loss, weight, correct);
        return slice;
    }

    /** Takes the elements of a slice from position {@code from} on, and all that is not of the gradient. */
    public void put(int from, GradientSum slice) {
        System.arraycopy(slice.gradient, 0, gradient, from, slice.gradient.length);
        loss = slice.loss;
        weight = slice.weight;
        correct = slice.correct;
    }

    /** Σ ∂loss/∂parameter, in the parameters' layout; this object's own array. */
    public double[] gradient() {
        return gradient;
    }

    /** Σ loss. */
    public double loss() {
        return loss;
    }

    /** Σ w, the weight of the examples: their number, where each weighs 1. */
    public double weight() {
        return weight;
    }

    /** Weight of the predictions that are right; means nothing where a loss does not tell right from wrong. */
    public double correct() {
        return correct;
    }
}
