package dev.sparkprop.training;

/** Thrown when the cost or its gradient is not finite. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int iteration;

    DivergedException(int iteration, String optimizer, double cost, double maxParameter) {
        super("Diverged at iteration " + iteration + ": cost " + cost + ", largest |parameter| " + maxParameter
                + ", with " + optimizer + " (try a lower learning rate or smaller initial weights)");
        this.iteration = iteration;
    }

    /** Returns the number of the first iteration whose cost or gradient is not finite. */
    public int iteration() {
        return iteration;
    }
}
