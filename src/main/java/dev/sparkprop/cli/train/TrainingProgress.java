package dev.sparkprop.cli.train;

import dev.sparkprop.optimizer.CostAndGradient;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/** How far a training is, told again and again by its own thread: iterations may take less time than to wake another one. */
final class TrainingProgress {
    /** Of new rates in their running mean. */
    private static final double NEW_RATE = 0.3;

    /** The eye follows no more. */
    private static final Duration LIVE = Duration.ofMillis(200);

    /** Who waits at the other end of a pipe, or reads a log file, wants to know that there is something, and no more. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final LongSupplier clock;
    private final boolean inPlace;
    private final long interval;
    private final int iterations;
    private final LongUnaryOperator examplesIn;
    private final Consumer<String> show;
    private String text = "";
    private Told last;
    private double secondsPerIteration = Double.NaN;

    /** A moment at which something was told, by the clock. */
    private record Told(int iteration, long evaluations, long at) {}

    /** By a clock that tells nanoseconds. */
    TrainingProgress(
            int iterations, LongUnaryOperator examplesIn, Consumer<String> show, boolean inPlace, LongSupplier clock) {
        this.clock = clock;
        this.iterations = iterations;
        this.examplesIn = examplesIn;
        this.interval = (inPlace ? LIVE : SILENCE).toNanos();
        this.show = show;
        this.inPlace = inPlace;
    }

    /**
     * Of a training with so many iterations: a text a few times a second, each in the place of the one before.
     *
     * @param examplesIn tells how many examples so many evaluations are over
     */
    static TrainingProgress inPlace(int iterations, LongUnaryOperator examplesIn, Consumer<String> show) {
        return new TrainingProgress(iterations, examplesIn, show, true, System::nanoTime);
    }

    /** The same as lines, one for each silence of ten seconds. */
    static TrainingProgress inLines(int iterations, LongUnaryOperator examplesIn, Consumer<String> show) {
        return new TrainingProgress(iterations, examplesIn, show, false, System::nanoTime);
    }

    /** Hears of each iteration. */
    void evaluated(int iteration, long evaluations, CostAndGradient evaluation) {
        long now = clock.getAsLong();
        if (last != null && now - last.at() < interval) {
            return;
        }
        if (last != null) {
            text = line(iteration, evaluations, evaluation, (now - last.at()) / 1e9);
            show.accept(text);
        }
        last = new Told(iteration, evaluations, now);
    }

    /** Hears of an iteration that was printed: no line is wanted so soon after it, but one in place has to come back. */
    void logged(int iteration, long evaluations) {
        if (!inPlace) {
            last = new Told(iteration, evaluations, clock.getAsLong());
        } else if (!text.isEmpty()) {
            show.accept(text);
        }
    }

    private String line(int iteration, long evaluations, CostAndGradient evaluation, double seconds) {
        double pace = seconds / (iteration - last.iteration());
        secondsPerIteration = Double.isNaN(secondsPerIteration)
                ? pace
                : secondsPerIteration + NEW_RATE * (pace - secondsPerIteration);
        double rate = (examplesIn.applyAsLong(evaluations) - examplesIn.applyAsLong(last.evaluations())) / seconds;
        long left = Math.round((iterations - iteration) * secondsPerIteration);
        return String.format(
                Locale.ROOT,
                "%,d/%,d  %d:%02d:%02d left  cost %.6g%s  %.3g examples/s",
                iteration,
                iterations,
                left / 3600,
                left / 60 % 60,
                left % 60,
                evaluation.cost(),
                Double.isNaN(evaluation.accuracy())
                        ? ""
                        : String.format(Locale.ROOT, "  accuracy %.4f", evaluation.accuracy()),
                rate);
    }
}
