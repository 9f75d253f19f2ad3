package dev.sparkprop.optimizer;

/**
 * A cost and its gradient at some parameters.
 *
 * @param cost the value that is minimised
 * @param gradient ∂cost/∂parameters
 * @param accuracy share of right predictions at these parameters, 0 to 1; NaN where predictions are not right or wrong
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
public record CostAndGradient(double cost, double[] gradient, double accuracy) {

    /** Euclidean norm of the gradient. */
    public double gradientNorm() {
        double sum = 0;
        for (double g : gradient) {
            sum += g * g;
        }
        return Math.sqrt(sum);
    }

    /** Whether the cost and every element of the gradient is a number and finite. */
    public boolean finite() {
        boolean finite = Double.isFinite(cost);
        for (double g : gradient) {
            finite &= Double.isFinite(g);
        }
        return finite;
    }
}
