package dev.sparkprop.training;

/** How Spark evaluates cost and gradient. The choice does not affect the bits of the result. */
public enum Engine {
    /** Resident tasks if each gets a core and, on a cluster, the sums are small; otherwise jobs. */
    AUTO,
    /** One Spark job per evaluation. */
    JOBS,
    /** Tasks that stay for many evaluations and request work from the driver. Falls back to jobs if that fails. */
    RESIDENT
}
