package dev.sparkprop.optimizer;

/** A differentiable function of the parameters to minimise. Its iterations may use different examples. */
@FunctionalInterface
public interface Objective {
    /**
     * Returns cost and gradient at the given parameters. The parameter array is not retained.
     *
     * @param iteration the number of updates so far, which may select the examples that the cost covers
     */
    CostAndGradient evaluate(double[] parameters, int iteration);
}
