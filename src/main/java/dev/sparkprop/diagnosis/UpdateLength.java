package dev.sparkprop.diagnosis;

import java.util.Locale;

/**
 * Detects updates of the wrong length: so long that the cost has risen, or so short that a high cost with a gradient
 * hardly changes. The measure is ‖step‖ / ‖parameters before‖, which is about 0.001 in successful training runs.
 *
 * @param setup current settings of the training
 * @param learned cost below which training has progressed far enough
 */
record UpdateLength(Setup setup, Learned learned) implements Rule {
    /**
     * Ratio above which updates are too long: ten of them can replace the parameters and everything
     * they have learned.
     */
    private static final double LONG_RATIO = 0.1;

    /** Minimum cost as a multiple of the lowest cost, above rounding errors and final fluctuations. */
    private static final double MIN_COST_RATIO = 1.1;

    /**
     * Ratio below which updates are too short: a million of them in one direction move the parameters by no more than
     * their own length.
     */
    private static final double SHORT_RATIO = 1e-6;

    /**
     * Minimum steepness: moving the parameters by one percent changes the cost by a hundredth of a percent, so it
     * can still fall.
     */
    private static final double MIN_STEEPNESS = 0.01;

    @Override
    public String name() {
        return "update-length";
    }

    @Override
    public boolean applies(RecentLines lines) {
        return tooLong(lines) || tooShort(lines);
    }

    private static boolean tooLong(RecentLines lines) {
        return lines.all(line -> line.updateRatio() > LONG_RATIO)
                && lines.newest().cost() > MIN_COST_RATIO * lines.lowestCost();
    }

    private boolean tooShort(RecentLines lines) {
        return lines.all(line -> line.updateRatio() < SHORT_RATIO && line.steepness() >= MIN_STEEPNESS)
                && !learned.hasLearned(lines);
    }

    @Override
    public String text(RecentLines lines) {
        return String.format(
                        Locale.ROOT,
                        tooLong(lines)
                                ? "Each update changes the parameters by %.2g times their norm, and the cost, %.4g, is at least 10 %%"
                                        + " above its minimum. A ratio of about 0.001 is usual."
                                : "Each update changes the parameters by only %.2g times their norm, and the cost, %.4g, is still"
                                        + " high. A ratio of about 0.001 is usual.",
                        lines.newest().updateRatio(),
                        lines.newest().cost())
                + (tooLong(lines)
                        ? Suggestion.text(setup, Suggestion.TENTH_OF_RATE, Suggestion.CLIP)
                        : Suggestion.text(setup, Suggestion.TEN_TIMES_RATE));
    }
}
