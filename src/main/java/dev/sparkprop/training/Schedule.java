package dev.sparkprop.training;

/**
 * How long to train and what to log.
 *
 * @param iterations updates, at least 1
 * @param logEvery iterations between two logged ones, at least 1
 * @param logFirst the first logged iteration after number 0, from which every {@code logEvery}th follows, at least 1
 */
public record Schedule(int iterations, int logEvery, int logFirst) {
    public Schedule {
        if (iterations < 1 || logEvery < 1 || logFirst < 1) {
            throw new IllegalArgumentException("Invalid schedule: " + iterations + " iterations, log-every " + logEvery
                    + ", log-first " + logFirst + " (all must be at least 1)");
        }
    }

    /** Whether an iteration is logged: the start, the end, and those between that are due. */
    boolean logs(int iteration) {
        return iteration == 0
                || iteration == iterations
                || (iteration >= logFirst && (iteration - logFirst) % logEvery == 0);
    }
}
