package dev.sparkprop.metrics;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The quality of a network's predictions on some examples.
 *
 * @param examples number of examples
 * @param weight total weight of the examples
 * @param cost mean loss, as in training but without penalties and class weights; for classes, this is the log loss
 * @param accuracy fraction of right predictions; NaN if predictions are numbers
 * @param confusion confusion matrix, if the network classifies
 * @param brier Brier score, if the network classifies: the mean of (p − y)² for two classes, and of its sum over the
 *     classes for more, where p is a probability and y is 1 for the actual class and 0 for others
 * @param ranking areas under curves, if the network classifies and has few enough classes; the mean of each class
 *     against the rest for more than two classes
 * @param threshold the probability from which on the second of two classes is predicted; empty if the most probable
 *     class is predicted
 * @param errors errors of predicted numbers, if the network predicts numbers
 */
public record Evaluation(
        long examples,
        double weight,
        double cost,
        double accuracy,
        Optional<Confusion> confusion,
        Optional<Double> brier,
        Optional<Ranking> ranking,
        OptionalDouble threshold,
        Optional<NumberErrors> errors) {}
