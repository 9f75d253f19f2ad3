package dev.sparkprop.training;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the time of a training goes, by the clock of the driver: each moment of the training loop is booked once, under one phase.
 * Belongs to the thread that trains, and does not grow.
 */
public final class Ledger {
    private final Sums sums = new Sums();
    private Sums marked = new Sums();

    private final LongSupplier clock;

    /** Nothing is booked yet. */
    public Ledger() {
        this(System::nanoTime);
    }

    /** By a clock that tells nanoseconds. */
    Ledger(LongSupplier clock) {
        this.clock = clock;
    }

    /** What a training does in turn. */
    public enum Phase {
        /** The driver gives the parameters to Spark, and takes them back. */
        BROADCAST,
        /** Spark starts tasks and carries parameters and sums; what a job takes beside its tasks' work. */
        SCHEDULE,
        /** Forward and backward passes, as long as the slowest task is at them. */
        COMPUTE,
        /** Sums of tasks are added up. */
        COMBINE,
        /** Mean, penalty and the optimizer's step. */
        UPDATE,
        /** The pass over examples from which nothing is learned. */
        VALIDATE,
        /** The state is saved. */
        CHECKPOINT,
        /** Lines for console and metrics. */
        LOG
    }

    /**
     * Time in a number of iterations.
     *
     * @param milliseconds of each phase, per iteration
     * @param taskMilliseconds of all tasks together, per iteration
     * @param slowestTask milliseconds of the slowest task of each evaluation, per iteration
     * @param stragglers how many times as long as the mean task of its evaluation the slowest takes; 1 at best, NaN without tasks
     */
    public record Times(
            Map<Phase, Double> milliseconds, double taskMilliseconds, double slowestTask, double stragglers) {

        /** All phases together. */
        public double total() {
            return milliseconds.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
        }

        /** What Spark takes for itself. */
        public double overhead() {
            return milliseconds.get(Phase.BROADCAST) + milliseconds.get(Phase.SCHEDULE);
        }
    }

    /** Nanoseconds booked so far. */
    private static final class Sums {
        private final long[] phases;
        private long tasks;
        /** Of the slowest task of each evaluation. */
        private long slowest;
        /** Of the mean task of each evaluation. */
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

    /** Does some work, and books all of its time that it does not book itself. */
    public void time(Phase phase, Runnable work) {
        time(phase, () -> {
            work.run();
            return null;
        });
    }

    /** The same, for work with a result. */
    public <T> T time(Phase phase, Supplier<T> work) {
        long start = clock.getAsLong();
        long before = sums.allPhases();
        try {
            return work.get();
        } finally {
            book(phase, clock.getAsLong() - start - (sums.allPhases() - before));
        }
    }

    /** Books work that was done elsewhere while some was timed here. */
    public void book(Phase phase, long duration) {
        sums.phases[phase.ordinal()] += duration;
    }

    /**
     * Books the tasks of one evaluation, which the driver waits for.
     *
     * @param tasks nanoseconds of each; those of 0 had nothing to do
     * @param slots in which tasks run at the same time
     */
    public void bookTasks(long[] tasks, int slots) {
        long[] busy = Arrays.stream(tasks).filter(task -> task > 0).toArray();
        long sum = Arrays.stream(busy).sum();
        long slowest = Arrays.stream(busy).max().orElse(0);
        sums.tasks += sum;
        sums.slowest += slowest;
        sums.mean += sum / Math.max(1, busy.length);
        // more tasks than slots run in several rounds
        book(Phase.COMPUTE, Math.max(slowest, sum / slots));
    }

    /** All that was booked so far, spread over a number of iterations. */
    public Times total(int iterations) {
        return between(new Sums(), iterations);
    }

    /** What was booked since the {@link #mark}, spread over a number of iterations. */
    public Times sinceMark(int iterations) {
        return between(marked, iterations);
    }

    /** Notes where the next lines begin. */
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
