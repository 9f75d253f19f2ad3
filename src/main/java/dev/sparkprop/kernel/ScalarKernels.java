package dev.sparkprop.kernel;

import dev.sparkprop.data.Tile;

/** The specification: one lane at a time, each operation in its stated order. */
public final class ScalarKernels implements Kernels {
    /** Chains that a sum over examples is cut into, and the width at which lanes are dealt out, on every machine. */
    static final int CHAINS = 16;

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public DenseKernel dense(Dense layer) {
        return new ScalarDense(layer);
    }

    @Override
    public void binaryCrossEntropy(
            int outputs,
            float[] weights,
            int weightsAt,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            LossTotal total) {
        for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
            for (int e = 0; e < Tile.EXAMPLES; e++) {
                float weight = weights[weightsAt + e];
                float zE = z[zAt + row + e];
                float target = targets[targetsAt + row + e];
                float exp = FloatMath.expOfNegativeMagnitude(zE);
                float loss = Math.fma(zE, 0.5f - target, Math.abs(zE) * 0.5f) + FloatMath.log1p(exp);
                float a = FloatMath.sigmoidOf(zE, exp);
                total.lossChains[e % CHAINS] = Math.fma(loss, weight, total.lossChains[e % CHAINS]);
                total.wrongChains[e % CHAINS] += (a > 0.5f) != (target > 0.5f) ? weight : 0f;
                delta[deltaAt + row + e] = (a - target) * weight;
            }
        }
        total.addChains();
    }

    @Override
    public void softmaxCrossEntropy(
            int outputs,
            float[] weights,
            int weightsAt,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            LossTotal total) {
        for (int e = 0; e < Tile.EXAMPLES; e++) {
            float weight = weights[weightsAt + e];
            int predicted = largest(outputs, z, zAt + e);
            float max = z[zAt + e + predicted * Tile.EXAMPLES];
            float sum = 0f;
            float below = 0f;
            for (int row = e; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
                float gap = max - z[zAt + row];
                float exp = FloatMath.expOfNegativeMagnitude(gap);
                below = Math.fma(targets[targetsAt + row], gap, below);
                sum += exp;
                delta[deltaAt + row] = exp;
            }
            float share = 1f / sum;
            for (int row = e; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
                delta[deltaAt + row] = Math.fma(delta[deltaAt + row], share, -targets[targetsAt + row]) * weight;
            }
            float loss = FloatMath.logFromOne(sum) + below;
            total.lossChains[e % CHAINS] = Math.fma(loss, weight, total.lossChains[e % CHAINS]);
            total.wrongChains[e % CHAINS] += predicted != largest(outputs, targets, targetsAt + e) ? weight : 0f;
        }
        total.addChains();
    }

    @Override
    public void squaredError(
            int outputs,
            float[] weights,
            int weightsAt,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            LossTotal total) {
        for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
            for (int e = 0; e < Tile.EXAMPLES; e++) {
                float weight = weights[weightsAt + e];
                float error = z[zAt + row + e] - targets[targetsAt + row + e];
                total.lossChains[e % CHAINS] = Math.fma(error * error, weight, total.lossChains[e % CHAINS]);
                delta[deltaAt + row + e] = (error + error) * weight;
            }
        }
        total.addChains();
    }

    static void softmaxInPlace(int outputs, float[] z, int zAt) {
        for (int e = zAt; e < zAt + Tile.EXAMPLES; e++) {
            float max = z[e + largest(outputs, z, e) * Tile.EXAMPLES];
            float sum = 0f;
            for (int row = e; row < e + outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
                z[row] = FloatMath.expOfNegativeMagnitude(max - z[row]);
                sum += z[row];
            }
            for (int row = e; row < e + outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
                z[row] /= sum;
            }
        }
    }

    /** The first output with the largest value of one example. */
    private static int largest(int outputs, float[] values, int at) {
        int largest = 0;
        for (int o = 1; o < outputs; o++) {
            if (FloatMath.larger(values[at + o * Tile.EXAMPLES], values[at + largest * Tile.EXAMPLES])) {
                largest = o;
            }
        }
        return largest;
    }

    /** f(z). NaN gives NaN. */
    static float value(Activation activation, float z) {
        return switch (activation) {
            case SIGMOID -> FloatMath.sigmoid(z);
            case TANH -> FloatMath.tanh(z);
            case RELU -> z < 0f ? 0f : z;
            case LEAKY_RELU -> z < 0f ? z * Activation.LEAK : z;
            case LINEAR -> z;
        };
    }

    /** delta·f′(z) for a = f(z), {@linkplain FloatMath#withoutSmallest without} what is too small to go on with. */
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

    /** Folds sixteen chains: c[i] + c[i+8], then +4, +2, +1. */
    static float fold(float[] c, int at) {
        float even = ((c[at] + c[at + 8]) + (c[at + 4] + c[at + 12]))
                + ((c[at + 2] + c[at + 10]) + (c[at + 6] + c[at + 14]));
        float odd = ((c[at + 1] + c[at + 9]) + (c[at + 5] + c[at + 13]))
                + ((c[at + 3] + c[at + 11]) + (c[at + 7] + c[at + 15]));
        return even + odd;
    }
}
