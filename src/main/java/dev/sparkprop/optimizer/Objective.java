package dev.sparkprop.optimizer;

/** A differentiable function of the parameters, to be minimised; or several of them that take turns to stand for it. */
@FunctionalInterface
public interface Objective {
    /**
     * Cost and gradient at these parameters, which it does not keep.
     *
     * @param iteration updates so far, which may decide what part of the data the cost is over
     */
    CostAndGradient evaluate(double[] parameters, int iteration);
}
