package dev.sparkprop.training;

/**
 * How good parameters are.
 *
 * @param cost (Σ w·loss)/(Σ w), for several outputs their mean where the loss is one; 0 if all examples weigh 0
 * @param accuracy share of right predictions, 0 to 1; NaN where predictions are not right or wrong, or weigh nothing
 */
public record Score(double cost, double accuracy) {}
