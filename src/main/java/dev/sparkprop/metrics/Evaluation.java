package dev.sparkprop.metrics;

import java.util.Optional;

/**
 * How good a net is on some examples.
 *
 * @param examples number of them
 * @param weight of them all
 * @param cost mean loss, as in training but without penalties
 * @param accuracy share of predictions that are right; NaN where they are numbers
 * @param confusion of classes, if it tells classes apart
 * @param area under the receiver operating characteristic, exact, if there are two classes
 * @param errors of numbers, if it predicts numbers
 */
public record Evaluation(
        long examples,
        double weight,
        double cost,
        double accuracy,
        Optional<Confusion> confusion,
        Optional<Double> area,
        Optional<NumberErrors> errors) {}
