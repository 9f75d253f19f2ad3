package dev.sparkprop.kernel;

/** Running totals of a loss over tiles. Mutable, for one thread. */
public final class LossTotal {
    private double loss;
    private long correct;

    /** Adds a tile's sums. */
    void add(double tileLoss, long tileCorrect) {
        loss += tileLoss;
        correct += tileCorrect;
    }

    /** Sum of losses so far, in float64. */
    public double loss() {
        return loss;
    }

    /** Outputs predicted right so far. */
    public long correct() {
        return correct;
    }
}
