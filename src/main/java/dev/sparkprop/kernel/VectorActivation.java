package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.ONE;
import static dev.sparkprop.kernel.VectorMath.all;
import static dev.sparkprop.kernel.VectorMath.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Activations over runs of whole registers, in the operations of {@link ScalarKernels#value} and its derivative. */
final class VectorActivation {

    private VectorActivation() {}

    /** z becomes a = f(z), in place, from {@code from} to {@code to}. */
    static void apply(Activation activation, float[] z, int from, int to) {
        switch (activation) {
            case SIGMOID -> sigmoid(z, from, to);
            case TANH -> tanh(z, from, to);
            case RELU -> relu(z, from, to);
            case LEAKY_RELU -> leakyRelu(z, from, to);
            case LINEAR -> {}
        }
    }

    private static void sigmoid(float[] z, int from, int to) {
        for (int e = from; e < to; e += LANES) {
            VectorMath.sigmoid(load(z, e)).intoArray(z, e);
        }
    }

    private static void tanh(float[] z, int from, int to) {
        for (int e = from; e < to; e += LANES) {
            VectorMath.tanh(load(z, e)).intoArray(z, e);
        }
    }

    private static void relu(float[] z, int from, int to) {
        for (int e = from; e < to; e += LANES) {
            FloatVector value = load(z, e);
            value.blend(0f, value.compare(VectorOperators.LT, 0f)).intoArray(z, e);
        }
    }

    private static void leakyRelu(float[] z, int from, int to) {
        for (int e = from; e < to; e += LANES) {
            FloatVector value = load(z, e);
            value.blend(value.mul(Activation.LEAK), value.compare(VectorOperators.LT, 0f))
                    .intoArray(z, e);
        }
    }

    /** delta becomes delta ⊙ f′, where a = f(z), over {@code count} elements. */
    static void multiplyByDerivative(Activation activation, float[] delta, int deltaAt, float[] a, int aAt, int count) {
        switch (activation) {
            case SIGMOID -> multiplyBySigmoidDerivative(delta, deltaAt, a, aAt, count);
            case TANH -> multiplyByTanhDerivative(delta, deltaAt, a, aAt, count);
            case RELU -> multiplyByStep(0f, delta, deltaAt, a, aAt, count);
            case LEAKY_RELU -> multiplyByStep(Activation.LEAK, delta, deltaAt, a, aAt, count);
            case LINEAR -> {}
        }
    }

    private static void multiplyBySigmoidDerivative(float[] delta, int deltaAt, float[] a, int aAt, int count) {
        for (int e = 0; e < count; e += LANES) {
            FloatVector value = load(a, aAt + e);
            load(delta, deltaAt + e).mul(value.neg().fma(value, value)).intoArray(delta, deltaAt + e);
        }
    }

    private static void multiplyByTanhDerivative(float[] delta, int deltaAt, float[] a, int aAt, int count) {
        for (int e = 0; e < count; e += LANES) {
            FloatVector value = load(a, aAt + e);
            load(delta, deltaAt + e).mul(value.neg().fma(value, ONE)).intoArray(delta, deltaAt + e);
        }
    }

    private static void multiplyByStep(float low, float[] delta, int deltaAt, float[] a, int aAt, int count) {
        for (int e = 0; e < count; e += LANES) {
            FloatVector step = all(low).blend(1f, load(a, aAt + e).compare(VectorOperators.GT, 0f));
            load(delta, deltaAt + e).mul(step).intoArray(delta, deltaAt + e);
        }
    }
}
