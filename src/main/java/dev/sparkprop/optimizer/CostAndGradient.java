package dev.sparkprop.optimizer;

/**
 * A cost and its gradient at given parameters.
 *
 * @param cost value to minimize
 * @param gradient ∂cost/∂parameters
 * @param accuracy fraction of right predictions at these parameters, 0 to 1; NaN for
 *     regression, whose predictions are not simply right or wrong
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
public record CostAndGradient(double cost, double[] gradient, double accuracy) {

    /** Returns the Euclidean norm of the gradient. */
    public double gradientNorm() {
        double sum = 0;
        for (double g : gradient) {
            sum += g * g;
        }
        return Math.sqrt(sum);
    }

    /** Returns true if the cost and all elements of the gradient are finite. */
    public boolean finite() {
        boolean finite = Double.isFinite(cost);
        for (double g : gradient) {
            finite &= Double.isFinite(g);
        }
        return finite;
    }
}
