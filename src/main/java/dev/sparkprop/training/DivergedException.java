package dev.sparkprop.training;

/** The cost or its gradient is no longer a finite number. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int iteration;

    DivergedException(int iteration, String optimizer, double cost, double maxParameter) {
        super("Diverged at iteration " + iteration + ": cost " + cost + ", largest |parameter| " + maxParameter
                + ", with " + optimizer + " (try a lower learning rate or smaller initial weights)");
        this.iteration = iteration;
    }

    /** Number of the first iteration of which that is so. */
    public int iteration() {
        return iteration;
    }
}
