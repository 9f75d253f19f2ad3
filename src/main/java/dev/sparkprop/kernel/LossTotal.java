package dev.sparkprop.kernel;

import dev.sparkprop.data.Tile;
import java.util.Arrays;

/** Running totals of a loss over tiles. Mutable and not thread-safe. */
public final class LossTotal {
    /** The chains of the current tile, allocated once for all tiles. */
    final float[] lossChains = new float[Chains.CHAINS];

    final float[] wrongChains = new float[Chains.CHAINS];

    /** Contains rows for values that several passes over a tile share. */
    final float[] rows;

    /** Offsets of the rows. */
    final int exponentials;

    final int largest;
    final int sums;

    private double loss;
    private double wrong;

    /** Creates totals of 0, with rows from the given workspace. */
    public LossTotal(Workspace workspace) {
        Workspace.Floats three = workspace.allocate(3 * Tile.EXAMPLES);
        rows = three.array();
        exponentials = three.offset();
        largest = exponentials + Tile.EXAMPLES;
        sums = largest + Tile.EXAMPLES;
    }

    /** Sets the totals to 0. */
    public void reset() {
        loss = 0;
        wrong = 0;
    }

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
