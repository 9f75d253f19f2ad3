package dev.sparkprop.optimizer;

/** A differentiable function of the parameters, to be minimised. */
@FunctionalInterface
public interface Objective {
    /** Cost and gradient at these parameters, which it does not keep. */
    Evaluation evaluate(double[] parameters);
}
