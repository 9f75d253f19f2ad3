package dev.sparkprop.training;

/**
 * The quality of parameters on a set of examples.
 *
 * @param cost (Σ w·loss)/(Σ w), where binary cross-entropy and squared error are means over the outputs; 0 if all
 *     weights are 0
 * @param accuracy fraction of right predictions, 0 to 1; NaN if predictions are not right or wrong, or if all
 *     weights are 0
 */
public record Score(double cost, double accuracy) {}
