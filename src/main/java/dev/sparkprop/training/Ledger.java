package dev.sparkprop.training;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time of a training run by phase, measured by the driver's clock. Each moment of the training loop is recorded once,
 * under one phase. Used by the training thread only; its size is constant.
 */
public final class Ledger {
    private final Sums sums = new Sums();
    private Sums marked = new Sums();

    private final LongSupplier clock;

    /** Creates an empty ledger. */
    public Ledger() {
        this(System::nanoTime);
    }

    /** Creates a ledger with a clock that returns nanoseconds. */
    Ledger(LongSupplier clock) {
        this.clock = clock;
    }

    /** The phases of a training run. */
    public enum Phase {
        /** The driver broadcasts the parameters and removes the broadcast. */
        BROADCAST,
        /**
         * Spark starts tasks and transfers parameters and sums: the time of an evaluation outside of
         * its tasks' computation.
         */
        SCHEDULE,
        /** Forward and backward passes, as long as the slowest task takes. */
        COMPUTE,
        /** Adds the sums of the tasks. */
        COMBINE,
        /** Mean, penalty and the optimizer's step. */
        UPDATE,
        /** The pass over the validation examples. */
        VALIDATE,
        /** Saves the state. */
        CHECKPOINT,
        /** Writes log lines and metrics. */
        LOG
    }

    /**
     * Mean times per iteration.
     *
     * @param milliseconds time per phase
     * @param taskMilliseconds time of all tasks together
     * @param slowestTask milliseconds of the slowest task of each evaluation
     * @param stragglers time of the slowest task of each evaluation relative to the mean task; at best 1,
     *     NaN without tasks
     */
    public record Times(
            Map<Phase, Double> milliseconds, double taskMilliseconds, double slowestTask, double stragglers) {

        /** Returns the time of all phases together. */
        public double total() {
            return milliseconds.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
        }

        /** Returns the time that Spark itself takes. */
        public double overhead() {
            return milliseconds.get(Phase.BROADCAST) + milliseconds.get(Phase.SCHEDULE);
        }
    }

    /** Nanoseconds recorded so far. */
    private static final class Sums {
        private final long[] phases;
        private long tasks;
        /** Sum of the slowest task times of all evaluations. */
        private long slowest;
        /** Sum of the mean task times of all evaluations. */
        private long mean;

        Sums() {
            phases = new long[Phase.values().length];
        }

        private Sums(Sums other) {
            phases = other.phases.clone();
            tasks = other.tasks;
            slowest = other.slowest;
            mean = other.mean;
        }

        long allPhases() {
            return Arrays.stream(phases).sum();
        }
    }

    /** Runs some work and records its time, except the time that the work itself records. */
    public void time(Phase phase, Runnable work) {
        time(phase, () -> {
            work.run();
            return null;
        });
    }

    /** Runs some work and records its time as {@link #time(Phase, Runnable)} does; returns the result. */
    public <T> T time(Phase phase, Supplier<T> work) {
        long start = clock.getAsLong();
        long before = sums.allPhases();
        try {
            return work.get();
        } finally {
            book(phase, clock.getAsLong() - start - (sums.allPhases() - before));
        }
    }

    /** Records work that was done elsewhere, during an outer {@link #time(Phase, Runnable)}. */
    public void book(Phase phase, long duration) {
        sums.phases[phase.ordinal()] += duration;
    }

    /**
     * Records the tasks of one evaluation that the driver waited for.
     *
     * @param tasks nanoseconds per task; 0 for tasks that had nothing to do
     * @param slots number of tasks that run at the same time
     */
    public void bookTasks(long[] tasks, int slots) {
        long[] busy = Arrays.stream(tasks).filter(task -> task > 0).toArray();
        long sum = Arrays.stream(busy).sum();
        long slowest = Arrays.stream(busy).max().orElse(0);
        sums.tasks += sum;
        sums.slowest += slowest;
        sums.mean += sum / Math.max(1, busy.length);
        // if there are more tasks than slots, they run in several rounds
        book(Phase.COMPUTE, Math.max(slowest, sum / slots));
    }

    /** Returns all recorded times, divided by a number of iterations. */
    public Times total(int iterations) {
        return between(new Sums(), iterations);
    }

    /** Returns the times recorded since the {@link #mark}, divided by a number of iterations. */
    public Times sinceMark(int iterations) {
        return between(marked, iterations);
    }

    /** Sets the mark for {@link #sinceMark}. */
    public void mark() {
        marked = new Sums(sums);
    }

    private Times between(Sums before, int iterations) {
        double scale = 1e6 * iterations;
        Map<Phase, Double> phases = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            phases.put(phase, (sums.phases[phase.ordinal()] - before.phases[phase.ordinal()]) / scale);
        }
        double slowest = (sums.slowest - before.slowest) / scale;
        return new Times(
                phases, (sums.tasks - before.tasks) / scale, slowest, slowest / ((sums.mean - before.mean) / scale));
    }
}
