package dev.sparkprop.training;

/** How Spark evaluates cost and gradient; decides no bit. */
public enum Engine {
    /** Resident tasks where there is a core for each of them and sums are small, else jobs. */
    AUTO,
    /** A Spark job for each evaluation. */
    JOBS,
    /** Tasks that stay from one evaluation to the next, and ask the driver for work; jobs where that fails. */
    RESIDENT
}
