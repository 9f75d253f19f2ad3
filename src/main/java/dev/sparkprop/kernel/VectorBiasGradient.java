package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.Chains.CHAINS;
import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Sums ∂b, the bias gradient of one layer, over tiles. Each bias has {@value Chains#CHAINS} {@link Chains partial sums}. */
final class VectorBiasGradient {
    /** Number of rows to sum in parallel, which hides the latency of additions. */
    private static final int ROWS = 8;

    private final Dense layer;
    /**
     * {@code [outputs][16]}, where the number of outputs is rounded up to a multiple of {@link #ROWS}. The extra rows
     * are not part of the gradient.
     */
    private final float[] sums;

    private final int sumsOffset;

    VectorBiasGradient(Dense layer, Workspace workspace) {
        this.layer = layer;
        Workspace.Floats allSums = workspace.allocate((layer.outputs() + ROWS - 1) / ROWS * ROWS * CHAINS);
        this.sums = allSums.array();
        this.sumsOffset = allSums.offset();
    }

    /** Adds one tile: ∂b += Σ delta. */
    void add(float[] delta, int deltaOffset) {
        for (int o = 0; o < layer.outputs(); o += ROWS) {
            add(sumsOffset + o * CHAINS, delta, deltaOffset + o * Tile.EXAMPLES, layer.outputs() - 1 - o);
        }
    }

    /**
     * Adds the deltas of eight outputs. If fewer outputs are left, the last one is read again for the extra rows.
     *
     * @param at the index of the first sum
     * @param delta the deltas
     * @param row0 the index of the first output's deltas
     * @param last the number of outputs after the first one
     */
    private void add(int at, float[] delta, int row0, int last) {
        int row1 = row0 + Math.min(1, last) * Tile.EXAMPLES;
        int row2 = row0 + Math.min(2, last) * Tile.EXAMPLES;
        int row3 = row0 + Math.min(3, last) * Tile.EXAMPLES;
        int row4 = row0 + Math.min(4, last) * Tile.EXAMPLES;
        int row5 = row0 + Math.min(5, last) * Tile.EXAMPLES;
        int row6 = row0 + Math.min(6, last) * Tile.EXAMPLES;
        int row7 = row0 + Math.min(7, last) * Tile.EXAMPLES;
        for (int chain = at; chain < at + CHAINS; chain += LANES) {
            FloatVector sum0 = load(sums, chain);
            FloatVector sum1 = load(sums, chain + CHAINS);
            FloatVector sum2 = load(sums, chain + 2 * CHAINS);
            FloatVector sum3 = load(sums, chain + 3 * CHAINS);
            FloatVector sum4 = load(sums, chain + 4 * CHAINS);
            FloatVector sum5 = load(sums, chain + 5 * CHAINS);
            FloatVector sum6 = load(sums, chain + 6 * CHAINS);
            FloatVector sum7 = load(sums, chain + 7 * CHAINS);
            for (int e = chain - at; e < Tile.EXAMPLES; e += CHAINS) {
                sum0 = sum0.add(load(delta, row0 + e));
                sum1 = sum1.add(load(delta, row1 + e));
                sum2 = sum2.add(load(delta, row2 + e));
                sum3 = sum3.add(load(delta, row3 + e));
                sum4 = sum4.add(load(delta, row4 + e));
                sum5 = sum5.add(load(delta, row5 + e));
                sum6 = sum6.add(load(delta, row6 + e));
                sum7 = sum7.add(load(delta, row7 + e));
            }
            sum0.intoArray(sums, chain);
            sum1.intoArray(sums, chain + CHAINS);
            sum2.intoArray(sums, chain + 2 * CHAINS);
            sum3.intoArray(sums, chain + 3 * CHAINS);
            sum4.intoArray(sums, chain + 4 * CHAINS);
            sum5.intoArray(sums, chain + 5 * CHAINS);
            sum6.intoArray(sums, chain + 6 * CHAINS);
            sum7.intoArray(sums, chain + 7 * CHAINS);
        }
    }

    void drain(double[] gradient) {
        for (int o = 0; o < layer.outputs(); o++) {
            gradient[layer.biases() + o] += Chains.fold(sums, sumsOffset + o * CHAINS);
        }
        Arrays.fill(sums, sumsOffset, sumsOffset + layer.outputs() * CHAINS, 0f);
    }
}
