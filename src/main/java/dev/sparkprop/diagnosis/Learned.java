package dev.sparkprop.diagnosis;

import dev.sparkprop.network.Topology;

/** Whether a training has come so far that what looks odd about it does no harm. */
record Learned(Topology topology) {
    /** Of what guessing costs, or of the first cost where that is not known. */
    private static final double ENOUGH = 0.5;

    /** Whether the newest cost is low. */
    boolean enough(Stretch stretch) {
        double guessing = Guessing.cost(topology);
        double start = Double.isNaN(guessing) ? stretch.first().cost() : guessing;
        return stretch.newest().cost() < ENOUGH * start;
    }
}
