package dev.sparkprop.metrics;

import java.util.Optional;

/**
 * How well scores rank the examples of each class above all others. For more than two classes, areas are the mean over
 * the classes that have examples. NaN if all examples are of one class.
 *
 * @param rocArea the area under the receiver operating characteristic
 * @param precisionRecallArea the area under the curve of precision over recall, as average precision
 * @param best the threshold with the best F1, for two classes with examples of both
 */
public record Ranking(double rocArea, double precisionRecallArea, Optional<BestThreshold> best) {
    /**
     * The threshold with the best F1; the highest of several.
     *
     * @param threshold the probability from which on the second class is predicted
     * @param f1 the F1 of the second class
     */
    public record BestThreshold(double threshold, double f1) {}
}
