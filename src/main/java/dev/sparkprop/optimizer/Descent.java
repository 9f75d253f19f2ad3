package dev.sparkprop.optimizer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Alternates one evaluation and one update.
 *
 * @param rule update rule
 * @param learningRate learning rate of each update
 * @param maxNorm maximum Euclidean norm of the gradient, positive; a longer gradient is scaled down to it. Empty
 *     for no limit.
 */
public record Descent(UpdateRule rule, LearningRate learningRate, OptionalDouble maxNorm) implements Optimizer {

    public Descent {
        if (maxNorm.isPresent() && !(maxNorm.getAsDouble() > 0)) {
            throw new IllegalArgumentException("Invalid clip-norm: " + maxNorm.getAsDouble() + " (must be > 0)");
        }
    }

    /** Returns gradient descent with a constant learning rate. */
    public static Descent plain(double learningRate) {
        return new Descent(new GradientDescent(), LearningRate.constant(learningRate), OptionalDouble.empty());
    }

    @Override
    public Iterator<State> states(Objective objective, Start start) {
        return new States(objective, start);
    }

    @Override
    public String description() {
        return rule.description() + " with learning-rate " + learningRate.initial();
    }

    private final class States implements Iterator<State> {
        private final Objective objective;
        private final double[] parameters;
        private final Map<String, double[]> memory = new LinkedHashMap<>();
        private CostAndGradient evaluation;
        private int updates;

        States(Objective objective, Start start) {
            this.objective = objective;
            this.parameters = start.parameters().clone();
            this.updates = start.iteration();
            for (String name : rule.memory()) {
                double[] stored = start.memory().get(name);
                if (stored == null ? updates > 0 : stored.length != parameters.length) {
                    throw new IllegalArgumentException("Invalid optimizer state: no " + name + " with "
                            + parameters.length + " numbers for " + description());
                }
                memory.put(name, stored == null ? new double[parameters.length] : stored.clone());
            }
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public State next() {
            if (evaluation != null) {
                updates++;
                List<double[]> vectors = new ArrayList<>(memory.values());
                rule.update(updates, learningRate.at(updates), parameters, clipped(evaluation), vectors);
            }
            evaluation = objective.evaluate(parameters, updates);
            return new State(parameters, evaluation, memory);
        }

        /** Returns the gradient, scaled down in place if its norm is above the maximum. */
        private double[] clipped(CostAndGradient costAndGradient) {
            double[] gradient = costAndGradient.gradient();
            double norm = maxNorm.isPresent() ? costAndGradient.gradientNorm() : 0;
            if (maxNorm.isPresent() && norm > maxNorm.getAsDouble()) {
                double scale = maxNorm.getAsDouble() / norm;
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] *= scale;
                }
            }
            return gradient;
        }
    }
}
