package dev.sparkprop.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.data.Tile;
import dev.sparkprop.network.LaneCounts;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scalar and vector kernels must be bit-identical. {@code isEqualTo} distinguishes −0 from 0 and considers all NaNs
 * equal.
 */
@Tag("optimized")
class KernelsContractTest {
    private static final Kernels SCALAR = new ScalarKernels();
    private static final Kernels VECTOR = new VectorKernels();

    static IntStream widths() {
        return IntStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("widths")
    void narrowLayersAreBitIdentical(int inputs) {
        for (int outputs = 1; outputs <= 40; outputs++) {
            assertSameLayer(inputs, outputs, 3, Activation.values()[(inputs + outputs) % Activation.values().length]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "33,65", "64,64", "100,257", "784,10", "300,130", "1000,31", "31,1000", "1,500", "500,1", "40,2500", "1023,33",
        "1025,33", "2048,32", "2049,41"
    })
    void wideLayersAreBitIdentical(int inputs, int outputs) {
        for (Activation activation : Activation.values()) {
            assertSameLayer(inputs, outputs, 6, activation);
        }
    }

    /** Covers enough tiles for running sums to be drained in between. */
    @Test
    void layersOverManyTilesAreBitIdentical() {
        assertSameLayer(3, 2, 150, Activation.TANH);
        assertSameLayer(70, 40, 30, Activation.SIGMOID);
    }

    /** Compares forward pass, backward pass and gradient at odd offsets, with special values in one tile. */
    private static void assertSameLayer(int inputs, int outputs, int tiles, Activation activation) {
        Dense layer = new Dense(inputs, outputs, 5, 7 + inputs * outputs);
        Random random = new Random(inputs * 1000L + outputs);
        float[] parameters = draw(random, 20 + inputs * outputs + outputs, 2f / (float) Math.sqrt(inputs));
        DenseKernel scalar = SCALAR.dense(layer, new Workspace());
        DenseKernel vector = VECTOR.dense(layer, new Workspace());
        double[] scalarGradient = new double[parameters.length];
        double[] vectorGradient = new double[parameters.length];
        for (int tile = 0; tile < tiles; tile++) {
            float[] x = draw(random, 3 + inputs * Tile.EXAMPLES, 1.5f);
            float[] delta = draw(random, 9 + outputs * Tile.EXAMPLES, 1f);
            if (tile == 1 && inputs % 3 == 0) {
                x[5] = Float.NaN;
                delta[20] = Float.POSITIVE_INFINITY;
                x[100] = -0f;
            }
            if (tile == 1) {
                // some deltas are below FloatMath.SMALLEST, and others are above it but have products below it
                Arrays.fill(delta, 9 + 16, 9 + 32, 2e-19f);
                Arrays.fill(delta, 9 + 32, 9 + 48, 1e-25f);
            }
            if (tile < 2) {
                scalar.load(parameters);
                vector.load(parameters);
            }
            assertThat(pass(vector, layer, activation, x, delta, vectorGradient))
                    .as("%s %s tile %d", layer, activation, tile)
                    .isEqualTo(pass(scalar, layer, activation, x, delta, scalarGradient));
            if (tile == 2) {
                scalar.drain(scalarGradient);
                vector.drain(vectorGradient);
            }
        }
        scalar.drain(scalarGradient);
        vector.drain(vectorGradient);
        assertThat(vectorGradient).as("gradient of %s", layer).isEqualTo(scalarGradient);
    }

    private static float[] pass(
            DenseKernel kernel, Dense layer, Activation activation, float[] x, float[] delta, double[] gradient) {
        float[] a = new float[11 + layer.outputs() * Tile.EXAMPLES];
        float[] below = new float[1 + layer.inputs() * Tile.EXAMPLES];
        kernel.forward(activation, x, 3, a, 11);
        kernel.backward(delta, 9, activation, x, 3, below, 1);
        kernel.accumulate(delta, 9, x, 3, gradient);
        float[] both = Arrays.copyOf(a, a.length + below.length);
        System.arraycopy(below, 0, both, a.length, below.length);
        return both;
    }

    @ParameterizedTest
    @MethodSource("widths")
    void lossesAreBitIdenticalForAnyNumberOfExamples(int outputs) {
        for (int examples : new int[] {1, 2, 15, 16, 17, 31, 100, 255, 256}) {
            for (float scale : new float[] {0f, 1e-30f, 1f, 30f, 300f, 1e30f}) {
                assertSameLoss(outputs, examples, scale);
            }
        }
    }

    private static void assertSameLoss(int outputs, int examples, float scale) {
        Random random = new Random(outputs * 31L + examples);
        float[] z = draw(random, outputs * Tile.EXAMPLES, scale);
        float[] targets = new float[outputs * Tile.EXAMPLES];
        float[] weights = LaneCounts.floats();
        int weightsOffset = LaneCounts.at(examples);
        if (examples % 2 == 1) {
            weights = draw(random, 3 + Tile.EXAMPLES, 2f);
            weightsOffset = 3;
        }
        for (int e = 0; e < examples; e++) {
            targets[random.nextInt(outputs) * Tile.EXAMPLES + e] = 1f;
        }
        if (examples % 4 == 3) {
            z[random.nextInt(z.length)] = Float.NaN;
            z[random.nextInt(z.length)] = Float.NEGATIVE_INFINITY;
            z[random.nextInt(z.length)] = Float.POSITIVE_INFINITY;
            z[random.nextInt(z.length)] = -0f;
        }
        String description = "%d outputs, %d examples, scale %s".formatted(outputs, examples, scale);
        LossTotal scalar = new LossTotal(new Workspace());
        LossTotal vector = new LossTotal(new Workspace());
        float[] scalarDelta = z.clone();
        float[] vectorDelta = z.clone();
        SCALAR.binaryCrossEntropy(outputs, weights, weightsOffset, scalarDelta, 0, targets, 0, scalarDelta, 0, scalar);
        VECTOR.binaryCrossEntropy(outputs, weights, weightsOffset, vectorDelta, 0, targets, 0, vectorDelta, 0, vector);
        assertThat(vectorDelta).as("binary, %s", description).isEqualTo(scalarDelta);
        float[] scalarSoftmax = z.clone();
        float[] vectorSoftmax = z.clone();
        SCALAR.softmaxCrossEntropy(
                outputs, weights, weightsOffset, scalarSoftmax, 0, targets, 0, scalarSoftmax, 0, scalar);
        VECTOR.softmaxCrossEntropy(
                outputs, weights, weightsOffset, vectorSoftmax, 0, targets, 0, vectorSoftmax, 0, vector);
        assertThat(vectorSoftmax).as("softmax, %s", description).isEqualTo(scalarSoftmax);
        float[] scalarErrors = z.clone();
        float[] vectorErrors = z.clone();
        SCALAR.squaredError(outputs, weights, weightsOffset, scalarErrors, 0, targets, 0, scalarErrors, 0, scalar);
        VECTOR.squaredError(outputs, weights, weightsOffset, vectorErrors, 0, targets, 0, vectorErrors, 0, vector);
        assertThat(vectorErrors).as("squared, %s", description).isEqualTo(scalarErrors);
        assertThat(vector.loss()).as("losses, %s", description).isEqualTo(Double.valueOf(scalar.loss()));
        if (!Double.isNaN(scalar.loss())) {
            assertThat(vector.wrong()).as("wrong, %s", description).isEqualTo(scalar.wrong());
        }
    }

    private static float[] draw(Random random, int length, float scale) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (random.nextFloat() * 2 - 1) * scale;
        }
        return values;
    }
}
