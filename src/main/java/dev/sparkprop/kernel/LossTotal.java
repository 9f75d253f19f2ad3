package dev.sparkprop.kernel;

import dev.sparkprop.data.Tile;
import java.util.Arrays;

/** Running totals of a loss over tiles. Mutable, for one thread. */
public final class LossTotal {
    /** Where a kernel forms the chains of one tile, so that it need not allocate. */
    final float[] lossChains = new float[Chains.CHAINS];

    final float[] wrongChains = new float[Chains.CHAINS];

    /** Rows in which a kernel keeps what several passes over a tile need. */
    final float[] exponentials = new float[Tile.EXAMPLES];

    final float[] largest = new float[Tile.EXAMPLES];
    final float[] sums = new float[Tile.EXAMPLES];

    private double loss;
    private double wrong;

    /** Folds the chains of one tile, adds them, and makes them 0 for the next. */
    void addChains() {
        loss += Chains.fold(lossChains, 0);
        wrong += Chains.fold(wrongChains, 0);
        Arrays.fill(lossChains, 0f);
        Arrays.fill(wrongChains, 0f);
    }

    /** Sum of losses so far, in float64. */
    public double loss() {
        return loss;
    }

    /** Weight of the outputs, or with softmax of the examples, predicted wrong so far. Means nothing once a loss is not a number. */
    public double wrong() {
        return wrong;
    }
}
