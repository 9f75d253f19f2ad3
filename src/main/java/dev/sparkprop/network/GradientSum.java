package dev.sparkprop.network;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Sums over examples, in float64, before division: gradient, loss, weight and correct predictions. Used in hot code:
 * it owns its array and is updated in place.
 */
public final class GradientSum implements Serializable {
    private static final long serialVersionUID = 1;

    private final double[] gradient;
    private double loss;
    private double weight;
    private double correct;

    /** Creates the sums of no examples for the given number of parameters. */
    public GradientSum(int parameters) {
        gradient = new double[parameters];
    }

    /** Adds to all sums except the gradient. */
    void add(double moreLoss, double moreWeight, double moreCorrect) {
        loss += moreLoss;
        weight += moreWeight;
        correct += moreCorrect;
    }

    /**
     * Adds the sums of other examples to these and resets the other sums to zero, in one pass over both. Not
     * associative in the last bit: the caller determines the order.
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

    /** Returns a copy of a range of the gradient's elements, together with the other sums. */
    public GradientSum slice(int from, int until) {
        GradientSum slice = new GradientSum(until - from);
        System.arraycopy(gradient, from, slice.gradient, 0, until - from);
        slice.add(loss, weight, correct);
        return slice;
    }

    /**
     * Replaces the elements from position {@code from} by those of a slice, and the other sums by those of the slice.
     */
    public void put(int from, GradientSum slice) {
        System.arraycopy(slice.gradient, 0, gradient, from, slice.gradient.length);
        loss = slice.loss;
        weight = slice.weight;
        correct = slice.correct;
    }

    /** Returns Σ ∂loss/∂parameter in the layout of the parameters. The array is not copied. */
    public double[] gradient() {
        return gradient;
    }

    /** Returns Σ loss. */
    public double loss() {
        return loss;
    }

    /** Returns Σ w, the total weight of the examples. It is their number if each has weight 1. */
    public double weight() {
        return weight;
    }

    /** Returns the total weight of correct predictions. Undefined for a loss that does not classify. */
    public double correct() {
        return correct;
    }

    private Object writeReplace() {
        byte[] bytes = new byte[Double.BYTES * gradient.length];
        littleEndian(bytes).asDoubleBuffer().put(gradient);
        return new Packed(bytes, loss, weight, correct);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The serialized form. Java serializes arrays of bytes faster than arrays of doubles: with two executors and 233,000
     * parameters, an evaluation takes 60 ms less.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared or printed
    private record Packed(byte[] gradient, double loss, double weight, double correct) implements Serializable {
        private Object readResolve() {
            GradientSum sum = new GradientSum(gradient.length / Double.BYTES);
            littleEndian(gradient).asDoubleBuffer().get(sum.gradient);
            sum.add(loss, weight, correct);
            return sum;
        }
    }
}
