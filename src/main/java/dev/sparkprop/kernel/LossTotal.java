package dev.sparkprop.kernel;

/** Running totals of a loss over tiles. Mutable, for one thread. */
public final class LossTotal {
    /** Where a kernel forms the chains of one tile, so that it need not allocate. */
    final float[] lossChains = new float[ScalarKernels.CHAINS];

    final float[] correctChains = new float[ScalarKernels.CHAINS];

    private double loss;
    private long correct;

    /** Folds the chains of one tile and adds them. */
    void addChains() {
        loss += ScalarKernels.fold(lossChains, 0);
        correct += (long) ScalarKernels.fold(correctChains, 0); // at most 256 a row: exact in float32
    }

    /** Sum of losses so far, in float64. */
    public double loss() {
        return loss;
    }

    /** Outputs, or with softmax examples, predicted right so far. */
    public long correct() {
        return correct;
    }
}
