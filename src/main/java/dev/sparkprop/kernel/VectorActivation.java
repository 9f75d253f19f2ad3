package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.all;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Activations and their derivatives over rows, with the same operations as {@link ScalarDense#value}
 * and {@link ScalarDense#timesDerivative}.
 */
enum VectorActivation {
    SIGMOID(
            (rows, w, wAt, z, zAt, t, tAt, delta, deltaAt, total) -> sigmoid(rows, z, zAt),
            (rows, w, wAt, a, aAt, t, tAt, delta, deltaAt, total) -> sigmoidDerivative(rows, a, aAt, delta, deltaAt)),
    TANH(
            (rows, w, wAt, z, zAt, t, tAt, delta, deltaAt, total) -> tanh(rows, z, zAt),
            (rows, w, wAt, a, aAt, t, tAt, delta, deltaAt, total) -> tanhDerivative(rows, a, aAt, delta, deltaAt)),
    RELU(
            (rows, w, wAt, z, zAt, t, tAt, delta, deltaAt, total) -> relu(rows, z, zAt),
            (rows, w, wAt, a, aAt, t, tAt, delta, deltaAt, total) -> step(0f, rows, a, aAt, delta, deltaAt)),
    LEAKY_RELU(
            (rows, w, wAt, z, zAt, t, tAt, delta, deltaAt, total) -> leakyRelu(rows, z, zAt),
            (rows, w, wAt, a, aAt, t, tAt, delta, deltaAt, total) ->
                    step(Activation.LEAK, rows, a, aAt, delta, deltaAt)),
    LINEAR(
            (rows, w, wAt, z, zAt, t, tAt, delta, deltaAt, total) -> {},
            (rows, w, wAt, a, aAt, t, tAt, delta, deltaAt, total) -> linearDerivative(rows, delta, deltaAt));

    private final VectorPass value;
    private final VectorPass derivative;

    VectorActivation(VectorPass value, VectorPass derivative) {
        this.value = value;
        this.derivative = derivative;
    }

    private static VectorActivation of(Activation activation) {
        return switch (activation) {
            case SIGMOID -> SIGMOID;
            case TANH -> TANH;
            case RELU -> RELU;
            case LEAKY_RELU -> LEAKY_RELU;
            case LINEAR -> LINEAR;
        };
    }

    /** Replaces rows of z by rows of a = f(z), in place. */
    static void apply(Activation activation, int rows, float[] z, int zAt) {
        VectorPass.run(of(activation).value, rows, null, 0, z, zAt, null, 0, null, 0, null);
    }

    /** Replaces rows of delta by rows of delta ⊙ f′, in place, where a = f(z). Tiny values become 0. */
    static void multiplyByDerivative(Activation activation, int rows, float[] a, int aAt, float[] delta, int deltaAt) {
        VectorPass.run(of(activation).derivative, rows, null, 0, a, aAt, null, 0, delta, deltaAt, null);
    }

    private static void sigmoid(int rows, float[] z, int zAt) {
        for (int e = zAt; e < zAt + rows * Tile.EXAMPLES; e += LANES) {
            VectorMath.sigmoid(load(z, e)).intoArray(z, e);
        }
    }

    private static void sigmoidDerivative(int rows, float[] a, int aAt, float[] delta, int deltaAt) {
        for (int e = 0; e < rows * Tile.EXAMPLES; e += LANES) {
            FloatVector value = load(a, aAt + e);
            times(value.neg().fma(value, value), delta, deltaAt + e);
        }
    }

    private static void tanh(int rows, float[] z, int zAt) {
        for (int e = zAt; e < zAt + rows * Tile.EXAMPLES; e += LANES) {
            VectorMath.tanh(load(z, e)).intoArray(z, e);
        }
    }

    private static void tanhDerivative(int rows, float[] a, int aAt, float[] delta, int deltaAt) {
        for (int e = 0; e < rows * Tile.EXAMPLES; e += LANES) {
            FloatVector value = load(a, aAt + e);
            times(value.neg().fma(value, all(1f)), delta, deltaAt + e);
        }
    }

    private static void relu(int rows, float[] z, int zAt) {
        for (int e = zAt; e < zAt + rows * Tile.EXAMPLES; e += LANES) {
            FloatVector value = load(z, e);
            value.blend(0f, value.compare(VectorOperators.LT, 0f)).intoArray(z, e);
        }
    }

    private static void leakyRelu(int rows, float[] z, int zAt) {
        for (int e = zAt; e < zAt + rows * Tile.EXAMPLES; e += LANES) {
            FloatVector value = load(z, e);
            value.blend(value.mul(Activation.LEAK), value.compare(VectorOperators.LT, 0f))
                    .intoArray(z, e);
        }
    }

    private static void step(float low, int rows, float[] a, int aAt, float[] delta, int deltaAt) {
        for (int e = 0; e < rows * Tile.EXAMPLES; e += LANES) {
            FloatVector step = all(low).blend(1f, load(a, aAt + e).compare(VectorOperators.GT, 0f));
            times(step, delta, deltaAt + e);
        }
    }

    private static void linearDerivative(int rows, float[] delta, int deltaAt) {
        for (int e = 0; e < rows * Tile.EXAMPLES; e += LANES) {
            times(all(1f), delta, deltaAt + e);
        }
    }

    private static void times(FloatVector derivative, float[] delta, int at) {
        VectorMath.withoutSmallest(load(delta, at).mul(derivative)).intoArray(delta, at);
    }
}
