package dev.sparkprop.cli.train;

import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.text.Words;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * Reports the progress of a training run at intervals. Runs on the training thread, because an iteration may take less
 * time than waking another thread.
 */
final class TrainingProgress {
    /** Weight of a new rate in the exponential moving average. */
    private static final double NEW_RATE = 0.3;

    /** Interval of updates in place. Faster updates could not be read. */
    private static final Duration LIVE_INTERVAL = Duration.ofMillis(200);

    /** Interval of lines in a pipe or log file, where occasional signs of progress are enough. */
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);

    private final LongSupplier clock;
    private final boolean inPlace;
    private final long interval;
    private final int iterations;
    private final LongUnaryOperator examplesIn;
    private final Consumer<String> show;
    private String text = "";
    private Report lastReport;
    private double secondsPerIteration = Double.NaN;

    /**
     * The last report.
     *
     * @param iteration the iteration that was reported
     * @param evaluations the number of evaluations up to it
     * @param at the time, in nanoseconds of the clock
     */
    private record Report(int iteration, long evaluations, long at) {}

    /** Creates a reporter with the given clock, which returns nanoseconds. */
    TrainingProgress(
            int iterations, LongUnaryOperator examplesIn, Consumer<String> show, boolean inPlace, LongSupplier clock) {
        this.clock = clock;
        this.iterations = iterations;
        this.examplesIn = examplesIn;
        this.interval = (inPlace ? LIVE_INTERVAL : LINE_INTERVAL).toNanos();
        this.show = show;
        this.inPlace = inPlace;
    }

    /**
     * Returns a reporter that replaces its text several times per second.
     *
     * @param iterations the number of iterations of the training
     * @param examplesIn returns the number of examples in a given number of evaluations
     */
    static TrainingProgress inPlace(int iterations, LongUnaryOperator examplesIn, Consumer<String> show) {
        return new TrainingProgress(iterations, examplesIn, show, true, System::nanoTime);
    }

    /** Returns a reporter that prints a line after every ten seconds without output. */
    static TrainingProgress inLines(int iterations, LongUnaryOperator examplesIn, Consumer<String> show) {
        return new TrainingProgress(iterations, examplesIn, show, false, System::nanoTime);
    }

    /** Called after each iteration. */
    void evaluated(int iteration, long evaluations, CostAndGradient evaluation) {
        long now = clock.getAsLong();
        if (lastReport != null && now - lastReport.at() < interval) {
            return;
        }
        if (lastReport != null) {
            text = line(iteration, evaluations, evaluation, (now - lastReport.at()) / 1e9);
            show.accept(text);
        }
        lastReport = new Report(iteration, evaluations, now);
    }

    /** Called when an iteration has been printed. Postpones the next line, or shows the text in place again. */
    void logged(int iteration, long evaluations) {
        if (!inPlace) {
            lastReport = new Report(iteration, evaluations, clock.getAsLong());
        } else if (!text.isEmpty()) {
            show.accept(text);
        }
    }

    private String line(int iteration, long evaluations, CostAndGradient evaluation, double seconds) {
        double pace = seconds / (iteration - lastReport.iteration());
        secondsPerIteration = Double.isNaN(secondsPerIteration)
                ? pace
                : secondsPerIteration + NEW_RATE * (pace - secondsPerIteration);
        double rate =
                (examplesIn.applyAsLong(evaluations) - examplesIn.applyAsLong(lastReport.evaluations())) / seconds;
        long remaining = Math.round((iterations - iteration) * secondsPerIteration);
        return String.format(
                Locale.ROOT,
                "%,d/%,d  %d:%02d:%02d left  cost %.6g%s  %s examples/s",
                iteration,
                iterations,
                remaining / 3600,
                remaining / 60 % 60,
                remaining % 60,
                evaluation.cost(),
                Double.isNaN(evaluation.accuracy())
                        ? ""
                        : String.format(Locale.ROOT, "  accuracy %.4f", evaluation.accuracy()),
                Words.rounded(rate, 3));
    }
}
