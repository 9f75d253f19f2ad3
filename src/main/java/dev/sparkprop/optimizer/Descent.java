package dev.sparkprop.optimizer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One evaluation and one update after the other.
 *
 * @param rule of the updates
 * @param learningRate of each
 * @param maxNorm gradients whose Euclidean norm is above it are scaled down to it, if it is there; positive
 */
public record Descent(UpdateRule rule, LearningRate learningRate, OptionalDouble maxNorm) implements Optimizer {

    public Descent {
        if (maxNorm.isPresent() && !(maxNorm.getAsDouble() > 0)) {
            throw new IllegalArgumentException("Invalid clip-norm: " + maxNorm.getAsDouble() + " (must be > 0)");
        }
    }

    /** Gradient descent with one learning rate. */
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
                double[] remembered = start.memory().get(name);
                if (remembered == null ? updates > 0 : remembered.length != parameters.length) {
                    throw new IllegalArgumentException("Invalid memory: no " + name + " of " + parameters.length
                            + " numbers for " + description());
                }
                memory.put(name, remembered == null ? new double[parameters.length] : remembered.clone());
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

        /** The gradient, scaled down in place if it is too long. */
        private double[] clipped(CostAndGradient of) {
            double[] gradient = of.gradient();
            double norm = maxNorm.isPresent() ? of.gradientNorm() : 0;
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
