package dev.sparkprop.kernel;

import dev.sparkprop.data.Tile;
import java.util.Arrays;

/** Running totals of a loss over tiles. Mutable and not thread-safe. */
public final class LossTotal {
    /** The chains of the current tile, allocated once for all tiles. */
    final float[] lossChains = new float[Chains.CHAINS];

    final float[] wrongChains = new float[Chains.CHAINS];

    /** Workspace rows for values that several passes over a tile share. */
    final float[] exponentials = new float[Tile.EXAMPLES];

    final float[] largest = new float[Tile.EXAMPLES];
    final float[] sums = new float[Tile.EXAMPLES];

    private double loss;
    private double wrong;

    /** Folds the chains of one tile, adds them to the totals, and resets them to 0 for the next tile. */
    void addChains() {
        loss += Chains.fold(lossChains, 0);
        wrong += Chains.fold(wrongChains, 0);
        Arrays.fill(lossChains, 0f);
        Arrays.fill(wrongChains, 0f);
    }

    /** Returns the sum of the losses so far, in float64. */
    public double loss() {
        return loss;
    }

    /**
     * Returns the total weight of wrong outputs so far, or of wrong examples for softmax. Undefined after a
     * loss is NaN.
     */
    public double wrong() {
        return wrong;
    }
}
