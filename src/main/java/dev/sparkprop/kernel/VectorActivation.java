package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.broadcast;
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
            (rows, w, wOffset, z, zOffset, t, tOffset, delta, deltaOffset, total) -> sigmoid(rows, z, zOffset),
            (rows, w, wOffset, a, aOffset, t, tOffset, delta, deltaOffset, total) ->
                    sigmoidDerivative(rows, a, aOffset, delta, deltaOffset)),
    TANH(
            (rows, w, wOffset, z, zOffset, t, tOffset, delta, deltaOffset, total) -> tanh(rows, z, zOffset),
            (rows, w, wOffset, a, aOffset, t, tOffset, delta, deltaOffset, total) ->
                    tanhDerivative(rows, a, aOffset, delta, deltaOffset)),
    RELU(
            (rows, w, wOffset, z, zOffset, t, tOffset, delta, deltaOffset, total) -> relu(rows, z, zOffset),
            (rows, w, wOffset, a, aOffset, t, tOffset, delta, deltaOffset, total) ->
                    step(0f, rows, a, aOffset, delta, deltaOffset)),
    LEAKY_RELU(
            (rows, w, wOffset, z, zOffset, t, tOffset, delta, deltaOffset, total) -> leakyRelu(rows, z, zOffset),
            (rows, w, wOffset, a, aOffset, t, tOffset, delta, deltaOffset, total) ->
                    step(Activation.LEAK, rows, a, aOffset, delta, deltaOffset)),
    LINEAR(
            (rows, w, wOffset, z, zOffset, t, tOffset, delta, deltaOffset, total) -> {},
            (rows, w, wOffset, a, aOffset, t, tOffset, delta, deltaOffset, total) ->
                    linearDerivative(rows, delta, deltaOffset));

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
    static void apply(Activation activation, int rows, float[] z, int zOffset) {
        VectorPass.run(of(activation).value, rows, null, 0, z, zOffset, null, 0, null, 0, null);
    }

    /** Replaces rows of delta by rows of delta ⊙ f′, in place, where a = f(z). Tiny values become 0. */
    static void multiplyByDerivative(
            Activation activation, int rows, float[] a, int aOffset, float[] delta, int deltaOffset) {
        VectorPass.run(of(activation).derivative, rows, null, 0, a, aOffset, null, 0, delta, deltaOffset, null);
    }

    private static void sigmoid(int rows, float[] z, int zOffset) {
        for (int e = zOffset; e < zOffset + rows * Tile.EXAMPLES; e += LANES) {
            VectorMath.sigmoid(load(z, e)).intoArray(z, e);
        }
    }

    private static void sigmoidDerivative(int rows, float[] a, int aOffset, float[] delta, int deltaOffset) {
        for (int e = 0; e < rows * Tile.EXAMPLES; e += LANES) {
            FloatVector value = load(a, aOffset + e);
            times(value.neg().fma(value, value), delta, deltaOffset + e);
        }
    }

    private static void tanh(int rows, float[] z, int zOffset) {
        for (int e = zOffset; e < zOffset + rows * Tile.EXAMPLES; e += LANES) {
            VectorMath.tanh(load(z, e)).intoArray(z, e);
        }
    }

    private static void tanhDerivative(int rows, float[] a, int aOffset, float[] delta, int deltaOffset) {
        for (int e = 0; e < rows * Tile.EXAMPLES; e += LANES) {
            FloatVector value = load(a, aOffset + e);
            times(value.neg().fma(value, broadcast(1f)), delta, deltaOffset + e);
        }
    }

    private static void relu(int rows, float[] z, int zOffset) {
        for (int e = zOffset; e < zOffset + rows * Tile.EXAMPLES; e += LANES) {
            FloatVector value = load(z, e);
            value.blend(0f, value.compare(VectorOperators.LT, 0f)).intoArray(z, e);
        }
    }

    private static void leakyRelu(int rows, float[] z, int zOffset) {
        for (int e = zOffset; e < zOffset + rows * Tile.EXAMPLES; e += LANES) {
            FloatVector value = load(z, e);
            value.blend(value.mul(Activation.LEAK), value.compare(VectorOperators.LT, 0f))
                    .intoArray(z, e);
        }
    }

    private static void step(float low, int rows, float[] a, int aOffset, float[] delta, int deltaOffset) {
        for (int e = 0; e < rows * Tile.EXAMPLES; e += LANES) {
            FloatVector step = broadcast(low).blend(1f, load(a, aOffset + e).compare(VectorOperators.GT, 0f));
            times(step, delta, deltaOffset + e);
        }
    }

    private static void linearDerivative(int rows, float[] delta, int deltaOffset) {
        for (int e = 0; e < rows * Tile.EXAMPLES; e += LANES) {
            times(broadcast(1f), delta, deltaOffset + e);
        }
    }

    private static void times(FloatVector derivative, float[] delta, int at) {
        VectorMath.withoutSmallest(load(delta, at).mul(derivative)).intoArray(delta, at);
    }
}
