package dev.sparkprop.diagnosis;

/**
 * Whether a training has come so far that what looks odd about it does no harm.
 *
 * @param constant the cost of answering the same for every example; NaN where it is not known
 */
record Learned(double constant) {
    /** Of the cost of a constant answer, or of the first cost where that is not known. */
    private static final double ENOUGH = 0.5;

    /** Whether the newest cost is low. */
    boolean enough(Stretch stretch) {
        double start = Double.isNaN(constant) ? stretch.first().cost() : constant;
        return stretch.newest().cost() < ENOUGH * start;
    }
}
