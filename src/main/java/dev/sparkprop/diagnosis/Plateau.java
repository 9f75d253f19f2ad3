package dev.sparkprop.diagnosis;

import java.util.Locale;

/**
 * A cost that is high, hardly falls and yet has a gradient. Of batches nothing is said: theirs goes up and down, and has a gradient
 * wherever it is.
 *
 * @param setup what is set already
 * @param learned below which cost a training has come far enough
 */
record Plateau(Setup setup, Learned learned) implements Rule {
    /** Of the cost, within all the lines that are looked at: at this pace it takes a thousand lines to become e times less. */
    private static final double HARDLY = 0.01;

    /**
     * A move of the parameters by a percent changes the cost by less than a fiftieth of a percent: what is left to gain lies below
     * what one would look for. Trainings that have come to their end are far below it.
     */
    private static final double FLAT = 0.02;

    /** A cost that should have fallen so much, by its gradients and the steps along them, and did not, was stepped over. */
    private static final double PROMISED = 10 * HARDLY;

    @Override
    public String name() {
        return "plateau";
    }

    @Override
    public boolean applies(Stretch stretch) {
        return stretch.all(line -> line.steepness() >= FLAT)
                && !learned.enough(stretch)
                && stretch.newest().cost() > (1 - HARDLY) * stretch.oldest().cost();
    }

    @Override
    public String text(Stretch stretch) {
        Line newest = stretch.newest();
        int iterations = newest.iteration() - stretch.oldest().iteration();
        double promised = newest.steepness() * newest.updateRatio() * iterations;
        return String.format(
                        Locale.ROOT,
                        "The cost, %.4g, has hardly fallen in the last %,d iterations, although its gradient is not zero.",
                        newest.cost(),
                        iterations)
                + (promised >= PROMISED
                        ? " The updates are so long that they step over what is lower."
                                + Suggestion.text(setup, Suggestion.TENTH_OF_RATE, Suggestion.CLIP)
                        : " Trainings may cross such a plateau."
                                + Suggestion.text(
                                        setup,
                                        Suggestion.STANDARDIZE,
                                        Suggestion.LARGER_RATE,
                                        Suggestion.ADAM,
                                        Suggestion.SEED));
    }
}
