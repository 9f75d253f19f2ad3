package dev.sparkprop.diagnosis;

import java.util.Locale;

/**
 * Updates that do not suit the length of the parameters: so long that the cost is above what it was, or so short that nothing becomes
 * of them although it is high and has a gradient. By ‖step‖ / ‖parameters before‖, which is about 0.001 where trainings go well.
 *
 * @param setup what is set already
 * @param learned below which cost a training has come far enough
 */
record UpdateLength(Setup setup, Learned learned) implements Rule {
    /** After ten such steps little need be left of what the parameters were, and of what they had learned. */
    private static final double LONG = 0.1;

    /** Times the lowest cost: more than rounding and a last bit of unrest. */
    private static final double ABOVE = 1.1;

    /** A million such steps, all in one direction, move the parameters by no more than their own length. */
    private static final double SHORT = 1e-6;

    /** A move of the parameters by a percent changes the cost by a hundredth of a percent: there is a way down. */
    private static final double STEEP = 0.01;

    @Override
    public String name() {
        return "update-length";
    }

    @Override
    public boolean applies(Stretch stretch) {
        return tooLong(stretch) || tooShort(stretch);
    }

    private static boolean tooLong(Stretch stretch) {
        return stretch.all(line -> line.updateRatio() > LONG)
                && stretch.newest().cost() > ABOVE * stretch.lowestCost();
    }

    private boolean tooShort(Stretch stretch) {
        return stretch.all(line -> line.updateRatio() < SHORT && line.steepness() >= STEEP) && !learned.enough(stretch);
    }

    @Override
    public String text(Stretch stretch) {
        return String.format(
                        Locale.ROOT,
                        tooLong(stretch)
                                ? "Each update moves the parameters by %.2g of their length, and the cost, %.4g, is a tenth or"
                                        + " more above its lowest. About 0.001 is usual."
                                : "Each update moves the parameters by %.2g of their length only, and the cost, %.4g, has far"
                                        + " to fall. About 0.001 is usual.",
                        stretch.newest().updateRatio(),
                        stretch.newest().cost())
                + (tooLong(stretch)
                        ? Suggestion.text(setup, Suggestion.TENTH_OF_RATE, Suggestion.CLIP)
                        : Suggestion.text(setup, Suggestion.TEN_TIMES_RATE));
    }
}
