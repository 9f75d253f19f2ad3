package dev.sparkprop.training;

/** The reason why a training run ended. */
public enum StopReason {
    /** All iterations of the schedule are done. */
    ITERATIONS,
    /** The cost reached the target. */
    TARGET_COST,
    /** The gradient norm reached the configured minimum. */
    GRADIENT_NORM,
    /** No step lowers the cost. */
    CONVERGED,
    /** The best cost has not improved for as many iterations as the patience allows. */
    PATIENCE,
    /** The maximum training time has elapsed. */
    MAX_TIME,
    /** The listener requested a stop. */
    ASKED;

    /** Returns true if training ended by itself, false if it was interrupted. */
    public boolean complete() {
        return this != MAX_TIME && this != ASKED;
    }
}
