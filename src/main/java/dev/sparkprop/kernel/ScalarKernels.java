package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.Chains.CHAINS;

import dev.sparkprop.data.Tile;

/** The specification of all kernels: one lane at a time, each operation in its specified order. */
public final class ScalarKernels implements Kernels {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public DenseKernel dense(Dense layer, Workspace workspace) {
        return new ScalarDense(layer);
    }

    @Override
    public void binaryCrossEntropy(
            int outputs,
            float[] weights,
            int weightsOffset,
            float[] z,
            int zOffset,
            float[] targets,
            int targetsOffset,
            float[] delta,
            int deltaOffset,
            LossTotal total) {
        for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
            for (int e = 0; e < Tile.EXAMPLES; e++) {
                float weight = weights[weightsOffset + e];
                float zE = z[zOffset + row + e];
                float target = targets[targetsOffset + row + e];
                float exp = FloatMath.expOfNegativeMagnitude(zE);
                float loss = Math.fma(zE, 0.5f - target, Math.abs(zE) * 0.5f) + FloatMath.log1p(exp);
                float a = FloatMath.sigmoidOf(zE, exp);
                total.lossChains[e % CHAINS] = Math.fma(loss, weight, total.lossChains[e % CHAINS]);
                total.wrongChains[e % CHAINS] += (a > 0.5f) != (target > 0.5f) ? weight : 0f;
                delta[deltaOffset + row + e] = (a - target) * weight;
            }
        }
        total.addChains();
    }

    @Override
    public void softmaxCrossEntropy(
            int outputs,
            float[] weights,
            int weightsOffset,
            float[] z,
            int zOffset,
            float[] targets,
            int targetsOffset,
            float[] delta,
            int deltaOffset,
            LossTotal total) {
        for (int e = 0; e < Tile.EXAMPLES; e++) {
            float weight = weights[weightsOffset + e];
            int predicted = largest(outputs, z, zOffset + e);
            float max = z[zOffset + e + predicted * Tile.EXAMPLES];
            float sum = 0f;
            float below = 0f;
            for (int row = e; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
                float gap = max - z[zOffset + row];
                float exp = FloatMath.expOfNegativeMagnitude(gap);
                below = Math.fma(targets[targetsOffset + row], gap, below);
                sum += exp;
                delta[deltaOffset + row] = exp;
            }
            float share = 1f / sum;
            for (int row = e; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
                delta[deltaOffset + row] =
                        Math.fma(delta[deltaOffset + row], share, -targets[targetsOffset + row]) * weight;
            }
            float loss = FloatMath.logFromOne(sum) + below;
            total.lossChains[e % CHAINS] = Math.fma(loss, weight, total.lossChains[e % CHAINS]);
            total.wrongChains[e % CHAINS] += predicted != largest(outputs, targets, targetsOffset + e) ? weight : 0f;
        }
        total.addChains();
    }

    @Override
    public void squaredError(
            int outputs,
            float[] weights,
            int weightsOffset,
            float[] z,
            int zOffset,
            float[] targets,
            int targetsOffset,
            float[] delta,
            int deltaOffset,
            LossTotal total) {
        for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
            for (int e = 0; e < Tile.EXAMPLES; e++) {
                float weight = weights[weightsOffset + e];
                float error = z[zOffset + row + e] - targets[targetsOffset + row + e];
                total.lossChains[e % CHAINS] = Math.fma(error * error, weight, total.lossChains[e % CHAINS]);
                delta[deltaOffset + row + e] = (error + error) * weight;
            }
        }
        total.addChains();
    }

    @Override
    public void softmax(int outputs, float[] z, int zOffset) {
        softmaxInPlace(outputs, z, zOffset);
    }

    /** Implements {@link #softmax} for all kernels. */
    static void softmaxInPlace(int outputs, float[] z, int zOffset) {
        for (int e = zOffset; e < zOffset + Tile.EXAMPLES; e++) {
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

    /** Returns the first output that has the largest value of one example. */
    private static int largest(int outputs, float[] values, int at) {
        int largest = 0;
        for (int o = 1; o < outputs; o++) {
            if (FloatMath.larger(values[at + o * Tile.EXAMPLES], values[at + largest * Tile.EXAMPLES])) {
                largest = o;
            }
        }
        return largest;
    }
}
