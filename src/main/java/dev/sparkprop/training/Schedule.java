package dev.sparkprop.training;

import java.util.OptionalInt;

/**
 * The length of a training run, and when to log and save checkpoints.
 *
 * @param iterations number of updates, at least 1
 * @param logEvery number of iterations between two logged ones, at least 1
 * @param logFirst first logged iteration after iteration 0, followed by every {@code logEvery}th one; at least 1
 * @param checkpointEvery number of iterations between two checkpoints, at least 1; if empty, a checkpoint is
 *     due every minute
 * @param stop conditions that may end the run earlier
 */
public record Schedule(int iterations, int logEvery, int logFirst, OptionalInt checkpointEvery, StopRules stop) {
    /** Limits the work that can be lost. Checkpoints at this interval cost next to nothing. */
    private static final double SECONDS_BETWEEN_CHECKPOINTS = 60;

    public Schedule {
        if (iterations < 1 || logEvery < 1 || logFirst < 1 || checkpointEvery.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "Invalid schedule: " + iterations + " iterations, log-every " + logEvery + ", log-first " + logFirst
                            + ", checkpoint-every " + checkpointEvery + " (all must be at least 1)");
        }
    }

    /** Creates a schedule that always runs to its last iteration. */
    public Schedule(int iterations, int logEvery, int logFirst, OptionalInt checkpointEvery) {
        this(iterations, logEvery, logFirst, checkpointEvery, StopRules.NONE);
    }

    /** Returns true if an iteration is logged: the first, the last, and those in between that are due. */
    boolean isLogged(int iteration) {
        return iteration == 0
                || iteration == iterations
                || (iteration >= logFirst && (iteration - logFirst) % logEvery == 0);
    }

    /**
     * Returns true if an iteration is saved, given the seconds since the last checkpoint: the first, and those
     * that are due.
     */
    boolean isCheckpointDue(int iteration, double seconds) {
        return iteration == 0
                || (checkpointEvery.isPresent()
                        ? iteration % checkpointEvery.getAsInt() == 0
                        : seconds >= SECONDS_BETWEEN_CHECKPOINTS);
    }
}
