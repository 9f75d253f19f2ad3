package dev.sparkprop.optimizer;

import java.util.Iterator;

/**
 * p ← p − η·g.
 *
 * @param learningRate η, positive and finite
 */
public record GradientDescent(double learningRate) implements Optimizer {

    public GradientDescent {
        if (!(learningRate > 0) || learningRate == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("Invalid learning-rate: " + learningRate + " (must be > 0 and finite)");
        }
    }

    @Override
    public Iterator<State> states(Objective objective, double[] initial) {
        return new Descent(objective, initial.clone());
    }

    @Override
    public String description() {
        return "gradient-descent with learning-rate " + learningRate;
    }

    private final class Descent implements Iterator<State> {
        private final Objective objective;
        private final double[] parameters;
        private Evaluation evaluation;

        Descent(Objective objective, double[] parameters) {
            this.objective = objective;
            this.parameters = parameters;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public State next() {
            if (evaluation != null) {
                for (int i = 0; i < parameters.length; i++) {
                    parameters[i] -= learningRate * evaluation.gradient()[i];
                }
            }
            evaluation = objective.evaluate(parameters);
            return new State(parameters, evaluation);
        }
    }
}
