package dev.sparkprop.kernel;

import dev.sparkprop.data.Tile;

/** Running totals of a loss over tiles. Mutable, for one thread. */
public final class LossTotal {
    /** Where a kernel forms the chains of one tile, so that it need not allocate. */
    final float[] lossChains = new float[ScalarKernels.CHAINS];

    final int[] wrongChains = new int[ScalarKernels.CHAINS];

    /** Rows in which a kernel keeps what several passes over a tile need. */
    final float[] exponentials = new float[Tile.EXAMPLES];

    final float[] largest = new float[Tile.EXAMPLES];
    final float[] sums = new float[Tile.EXAMPLES];

    private double loss;
    private long correct;

    /** Folds the chains of one tile, which made this many predictions, and adds them. */
    void addChains(int predictions) {
        loss += ScalarKernels.fold(lossChains, 0);
        correct += predictions;
        for (int wrong : wrongChains) {
            correct -= wrong;
        }
    }

    /** Sum of losses so far, in float64. */
    public double loss() {
        return loss;
    }

    /** Outputs, or with softmax examples, predicted right so far. Means nothing once a loss is not a number. */
    public long correct() {
        return correct;
    }
}
