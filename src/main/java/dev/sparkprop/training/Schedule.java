package dev.sparkprop.training;

import java.util.OptionalInt;

/**
 * How long to train, what to log and what to save.
 *
 * @param iterations updates, at least 1
 * @param logEvery iterations between two logged ones, at least 1
 * @param logFirst the first logged iteration after number 0, from which every {@code logEvery}th follows, at least 1
 * @param checkpointEvery iterations between two checkpoints, at least 1; if empty, one is due each minute
 * @param stop what may end the training earlier
 */
public record Schedule(int iterations, int logEvery, int logFirst, OptionalInt checkpointEvery, StopRules stop) {
    /** As much work as may be lost, against files of which few cost anything at this distance. */
    private static final double SECONDS_BETWEEN_CHECKPOINTS = 60;

    public Schedule {
        if (iterations < 1 || logEvery < 1 || logFirst < 1 || checkpointEvery.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "Invalid schedule: " + iterations + " iterations, log-every " + logEvery + ", log-first " + logFirst
                            + ", checkpoint-every " + checkpointEvery + " (all must be at least 1)");
        }
    }

    /** One that always goes on to its last iteration. */
    public Schedule(int iterations, int logEvery, int logFirst, OptionalInt checkpointEvery) {
        this(iterations, logEvery, logFirst, checkpointEvery, StopRules.NONE);
    }

    /** Whether an iteration is logged: the start, the end, and those between that are due. */
    boolean logs(int iteration) {
        return iteration == 0
                || iteration == iterations
                || (iteration >= logFirst && (iteration - logFirst) % logEvery == 0);
    }

    /** Whether an iteration is saved that lies so many seconds behind the one saved before: the start, and those that are due. */
    boolean checkpoints(int iteration, double seconds) {
        return iteration == 0
                || (checkpointEvery.isPresent()
                        ? iteration % checkpointEvery.getAsInt() == 0
                        : seconds >= SECONDS_BETWEEN_CHECKPOINTS);
    }
}
