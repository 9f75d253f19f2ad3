package dev.sparkprop.metrics;

import java.util.Optional;

/**
 * The quality of a network's predictions on some examples.
 *
 * @param examples number of examples
 * @param weight total weight of the examples
 * @param cost mean loss, as in training but without penalties
 * @param accuracy fraction of right predictions; NaN if predictions are numbers
 * @param confusion confusion matrix, if the network classifies
 * @param area area under the receiver operating characteristic, exact, if there are two classes
 * @param errors errors of predicted numbers, if the network predicts numbers
 */
public record Evaluation(
        long examples,
        double weight,
        double cost,
        double accuracy,
        Optional<Confusion> confusion,
        Optional<Double> area,
        Optional<NumberErrors> errors) {}
