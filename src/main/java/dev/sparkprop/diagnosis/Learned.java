package dev.sparkprop.diagnosis;

/**
 * Decides whether training has progressed so far that anomalies do no harm.
 *
 * @param constant cost of giving the same answer for every example; NaN if unknown
 */
record Learned(double constant) {
    /**
     * A cost is low if it is below this fraction of the cost of a constant answer, or of the first cost if
     * that is unknown.
     */
    private static final double LOW_COST_FRACTION = 0.5;

    /** Returns true if the newest cost is low. */
    boolean hasLearned(RecentLines lines) {
        double start = Double.isNaN(constant) ? lines.first().cost() : constant;
        return lines.newest().cost() < LOW_COST_FRACTION * start;
    }
}
