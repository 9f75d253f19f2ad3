package dev.sparkprop.optimizer;

import java.util.List;

/**
 * v ← μ·v + g, p ← p − η·v (Polyak 1964, in the form of PyTorch's SGD).
 *
 * @param momentum μ, at least 0 and below 1
 */
public record Momentum(double momentum) implements UpdateRule {
    static final List<String> MEMORY = List.of("velocity");

    public Momentum {
        UpdateRule.checkFraction("momentum", momentum);
    }

    @Override
    public String description() {
        return "momentum " + momentum;
    }

    @Override
    public List<String> memory() {
        return MEMORY;
    }

    @Override
    public void update(int updateNumber, double rate, double[] parameters, double[] gradient, List<double[]> memory) {
        double[] velocity = memory.get(0);
        for (int i = 0; i < parameters.length; i++) {
            velocity[i] = momentum * velocity[i] + gradient[i];
            parameters[i] -= rate * velocity[i];
        }
    }
}
