package dev.sparkprop.optimizer;

import java.util.List;

/**
 * v ← μ·v + g, p ← p − η·(g + μ·v): momentum that looks one step ahead (Sutskever et al. 2013, in the form
 * of PyTorch's SGD).
 *
 * @param momentum μ, at least 0 and below 1
 */
public record Nesterov(double momentum) implements UpdateRule {
    public Nesterov {
        UpdateRule.checkFraction("momentum", momentum);
    }

    @Override
    public String description() {
        return "nesterov " + momentum;
    }

    @Override
    public List<String> memory() {
        return Momentum.MEMORY;
    }

    @Override
    public void update(int updateNumber, double rate, double[] parameters, double[] gradient, List<double[]> memory) {
        double[] velocity = memory.get(0);
        for (int i = 0; i < parameters.length; i++) {
            velocity[i] = momentum * velocity[i] + gradient[i];
            parameters[i] -= rate * (gradient[i] + momentum * velocity[i]);
        }
    }
}
