package dev.sparkprop.kernel;

import dev.sparkprop.data.Tile;
import java.util.Arrays;

/**
 * One layer, computed one operation at a time. The inner loops run over lanes, so that the JIT can
 * still vectorize them.
 */
final class ScalarDense implements DenseKernel {
    private final Dense layer;
    /** Running sums of ∂W: one per weight of a wide layer, 16 per weight of other layers. */
    private final float[] weightSums;

    private final float[] biasSums;
    private float[] parameters;
    /** Number of tiles in the running sums. */
    private int tiles;

    ScalarDense(Dense layer) {
        this.layer = layer;
        this.weightSums = new float[layer.weightCount() * (layer.wide() ? 1 : Chains.CHAINS)];
        this.biasSums = new float[layer.outputs() * Chains.CHAINS];
    }

    @Override
    public void load(float[] from) {
        parameters = from;
    }

    @Override
    public void forward(Activation activation, float[] x, int xOffset, float[] a, int aOffset) {
        for (int o = 0; o < layer.outputs(); o++) {
            int row = aOffset + o * Tile.EXAMPLES;
            int weights = layer.weights() + o * layer.inputs();
            Arrays.fill(a, row, row + Tile.EXAMPLES, parameters[layer.biases() + o]);
            for (int i = 0; i < layer.inputs(); i++) {
                multiplyAdd(parameters[weights + i], x, xOffset + i * Tile.EXAMPLES, a, row);
            }
            for (int e = row; e < row + Tile.EXAMPLES; e++) {
                a[e] = value(activation, a[e]);
            }
        }
    }

    @Override
    public void backward(
            float[] delta,
            int deltaOffset,
            Activation below,
            float[] x,
            int xOffset,
            float[] deltaBelow,
            int deltaBelowOffset) {
        for (int i = 0; i < layer.inputs(); i++) {
            int row = deltaBelowOffset + i * Tile.EXAMPLES;
            Arrays.fill(deltaBelow, row, row + Tile.EXAMPLES, 0f);
            for (int o = 0; o < layer.outputs(); o++) {
                float weight = parameters[layer.weights() + o * layer.inputs() + i];
                multiplyAdd(weight, delta, deltaOffset + o * Tile.EXAMPLES, deltaBelow, row);
            }
            int xRow = xOffset + i * Tile.EXAMPLES;
            for (int e = 0; e < Tile.EXAMPLES; e++) {
                deltaBelow[row + e] = timesDerivative(below, x[xRow + e], deltaBelow[row + e]);
            }
        }
    }

    /** Computes y += w·x for one row. */
    private static void multiplyAdd(float w, float[] x, int xOffset, float[] y, int yOffset) {
        for (int e = 0; e < Tile.EXAMPLES; e++) {
            y[yOffset + e] = Math.fma(w, x[xOffset + e], y[yOffset + e]);
        }
    }

    @Override
    public void accumulate(float[] delta, int deltaOffset, float[] x, int xOffset, double[] gradient) {
        for (int o = 0; o < layer.outputs(); o++) {
            int deltaRow = deltaOffset + o * Tile.EXAMPLES;
            for (int e = 0; e < Tile.EXAMPLES; e++) {
                biasSums[o * Chains.CHAINS + e % Chains.CHAINS] += delta[deltaRow + e];
            }
            for (int i = 0; i < layer.inputs(); i++) {
                int weight = o * layer.inputs() + i;
                int xRow = xOffset + i * Tile.EXAMPLES;
                if (layer.wide()) {
                    float sum = weightSums[weight];
                    for (int e = 0; e < Tile.EXAMPLES; e++) {
                        sum = Math.fma(delta[deltaRow + e], x[xRow + e], sum);
                    }
                    weightSums[weight] = sum;
                } else {
                    accumulateChains(delta, deltaRow, x, xRow, weight * Chains.CHAINS);
                }
            }
        }
        tiles++;
        if (tiles == layer.tilesPerDrain()) {
            drain(gradient);
        }
    }

    private void accumulateChains(float[] delta, int deltaRow, float[] x, int xRow, int chains) {
        for (int e = 0; e < Tile.EXAMPLES; e += Chains.CHAINS) {
            for (int c = 0; c < Chains.CHAINS; c++) {
                weightSums[chains + c] = Math.fma(delta[deltaRow + e + c], x[xRow + e + c], weightSums[chains + c]);
            }
        }
    }

    @Override
    public void drain(double[] gradient) {
        if (tiles == 0) {
            return;
        }
        for (int weight = 0; weight < layer.weightCount(); weight++) {
            gradient[layer.weights() + weight] +=
                    layer.wide() ? weightSums[weight] : Chains.fold(weightSums, weight * Chains.CHAINS);
        }
        for (int o = 0; o < layer.outputs(); o++) {
            gradient[layer.biases() + o] += Chains.fold(biasSums, o * Chains.CHAINS);
        }
        Arrays.fill(weightSums, 0f);
        Arrays.fill(biasSums, 0f);
        tiles = 0;
    }

    /** Returns f(z). NaN gives NaN. */
    static float value(Activation activation, float z) {
        return switch (activation) {
            case SIGMOID -> FloatMath.sigmoid(z);
            case TANH -> FloatMath.tanh(z);
            case RELU -> z < 0f ? 0f : z;
            case LEAKY_RELU -> z < 0f ? z * Activation.LEAK : z;
            case LINEAR -> z;
        };
    }

    /** Returns delta·f′(z) for a = f(z). {@linkplain FloatMath#withoutSmallest Tiny values} become 0. */
    static float timesDerivative(Activation activation, float a, float delta) {
        float product = delta
                * switch (activation) {
                    case SIGMOID -> Math.fma(-a, a, a);
                    case TANH -> Math.fma(-a, a, 1f);
                    case RELU -> a > 0f ? 1f : 0f;
                    case LEAKY_RELU -> a > 0f ? 1f : Activation.LEAK;
                    case LINEAR -> 1f;
                };
        return FloatMath.withoutSmallest(product);
    }
}
