package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.ScalarKernels.CHAINS;
import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Running sums of ∂b of one layer, 16 chains for each bias. */
final class VectorBiasGradient {
    /** Rows summed side by side, to hide the latency of addition. */
    private static final int ROWS = 4;

    private final Dense layer;
    /** {@code [outputs][16]}, rounded up to whole groups of rows; those beyond the last output are never read. */
    private final float[] sums;

    VectorBiasGradient(Dense layer) {
        this.layer = layer;
        this.sums = new float[(layer.outputs() + ROWS - 1) / ROWS * ROWS * CHAINS];
    }

    /** ∂b += Σ delta for one tile. */
    void add(float[] delta, int deltaAt) {
        int last = layer.outputs() - 1;
        for (int o = 0; o <= last; o += ROWS) {
            add(
                    o * CHAINS,
                    delta,
                    deltaAt + o * Tile.EXAMPLES,
                    deltaAt + Math.min(o + 1, last) * Tile.EXAMPLES,
                    deltaAt + Math.min(o + 2, last) * Tile.EXAMPLES,
                    deltaAt + Math.min(o + 3, last) * Tile.EXAMPLES);
        }
    }

    private void add(int at, float[] delta, int row0, int row1, int row2, int row3) {
        for (int chain = at; chain < at + CHAINS; chain += LANES) {
            FloatVector sum0 = load(sums, chain);
            FloatVector sum1 = load(sums, chain + CHAINS);
            FloatVector sum2 = load(sums, chain + 2 * CHAINS);
            FloatVector sum3 = load(sums, chain + 3 * CHAINS);
            for (int e = chain - at; e < Tile.EXAMPLES; e += CHAINS) {
                sum0 = sum0.add(load(delta, row0 + e));
                sum1 = sum1.add(load(delta, row1 + e));
                sum2 = sum2.add(load(delta, row2 + e));
                sum3 = sum3.add(load(delta, row3 + e));
            }
            sum0.intoArray(sums, chain);
            sum1.intoArray(sums, chain + CHAINS);
            sum2.intoArray(sums, chain + 2 * CHAINS);
            sum3.intoArray(sums, chain + 3 * CHAINS);
        }
    }

    void drain(double[] gradient) {
        for (int o = 0; o < layer.outputs(); o++) {
            gradient[layer.biases() + o] += ScalarKernels.fold(sums, o * CHAINS);
        }
        Arrays.fill(sums, 0f);
    }
}
