package dev.sparkprop.diagnosis;

import java.util.Locale;

/**
 * Detects a high cost that hardly falls although its gradient is not zero. Not used with batches: their cost
 * fluctuates and their gradient is never zero.
 *
 * @param setup current settings of the training
 * @param learned cost below which training has progressed far enough
 */
record Plateau(Setup setup, Learned learned) implements Rule {
    /**
     * Maximum relative decrease of the cost over the inspected lines. At this rate, it takes a thousand lines to fall
     * by a factor of e.
     */
    private static final double MAX_DECREASE = 0.01;

    /**
     * Minimum steepness. Below it, moving the parameters by one percent changes the cost by less than a fiftieth of a
     * percent, which is too little to report. Finished training runs are far below it.
     */
    private static final double MIN_STEEPNESS = 0.02;

    /**
     * Relative decrease predicted from the gradient and the updates. If it was predicted but did not occur, the
     * updates are too long.
     */
    private static final double MIN_PREDICTED_DECREASE = 10 * MAX_DECREASE;

    @Override
    public String name() {
        return "plateau";
    }

    @Override
    public boolean applies(RecentLines lines) {
        return lines.all(line -> line.steepness() >= MIN_STEEPNESS)
                && !learned.hasLearned(lines)
                && lines.newest().cost() > (1 - MAX_DECREASE) * lines.oldest().cost();
    }

    @Override
    public String text(RecentLines lines) {
        Line newest = lines.newest();
        int iterations = newest.iteration() - lines.oldest().iteration();
        double predicted = newest.steepness() * newest.updateRatio() * iterations;
        return String.format(
                        Locale.ROOT,
                        "The cost, %.4g, has hardly decreased in the last %,d iterations, although the gradient is not zero.",
                        newest.cost(),
                        iterations)
                + (predicted >= MIN_PREDICTED_DECREASE
                        ? " The updates are so large that they overshoot lower costs."
                                + Suggestion.text(setup, Suggestion.TENTH_OF_RATE, Suggestion.CLIP)
                        : " The cost may fall again after a plateau."
                                + Suggestion.text(
                                        setup,
                                        Suggestion.STANDARDIZE,
                                        Suggestion.LARGER_RATE,
                                        Suggestion.ADAM,
                                        Suggestion.SEED));
    }
}
