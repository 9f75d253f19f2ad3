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
            int examples,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            LossTotal total) {
        float[] chains = new float[CHAINS];
        long correct = 0;
        for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
            for (int e = 0; e < examples; e++) {
                float zE = z[zAt + row + e];
                float target = targets[targetsAt + row + e];
                float exp = FloatMath.expNonPositive(-Math.abs(zE));
                float positive = zE > 0f ? zE : 0f;
                chains[e % CHAINS] += Math.fma(-zE, target, positive) + FloatMath.log1p(exp);
                float a = FloatMath.sigmoidOf(zE, exp);
                correct += (a > 0.5f) == (target > 0.5f) ? 1 : 0;
                delta[deltaAt + row + e] = a - target;
            }
            for (int e = examples; e < Tile.EXAMPLES; e++) {
                delta[deltaAt + row + e] = 0f;
            }
        }
        total.add(fold(chains, 0), correct);
    }

    /** Folds sixteen chains: c[i] + c[i+8], then +4, +2, +1. Overwrites them. */
    static float fold(float[] chains, int at) {
        for (int half = CHAINS / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                chains[at + i] += chains[at + i + half];
            }
        }
        return chains[at];
    }
}
