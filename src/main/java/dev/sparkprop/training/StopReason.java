package dev.sparkprop.training;

/** Why a training ended. */
public enum StopReason {
    /** All iterations of its schedule are done. */
    ITERATIONS,
    /** The cost is as low as was asked for. */
    TARGET_COST,
    /** The gradient is as short as was asked for. */
    GRADIENT_NORM,
    /** No step lowers the cost any more. */
    CONVERGED,
    /** The best cost was seen so many iterations ago as patience lasts. */
    PATIENCE,
    /** Its time is over. */
    MAX_TIME,
    /** Somebody asked it to stop. */
    ASKED;

    /** Whether the training reached an end of its own, and was not cut off. */
    public boolean complete() {
        return this != MAX_TIME && this != ASKED;
    }
}
