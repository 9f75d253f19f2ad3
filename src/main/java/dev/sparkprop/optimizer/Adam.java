package dev.sparkprop.optimizer;

import java.util.List;

/**
 * m ← β₁·m + (1 − β₁)·g, s ← β₂·s + (1 − β₂)·g², p ← p − η·m̂/(√ŝ + ε) with m̂ = m/(1 − β₁ᵗ) and ŝ = s/(1 − β₂ᵗ) at
 * update t (Kingma and Ba 2015, algorithm 1).
 *
 * @param beta1 β₁, at least 0 and below 1
 * @param beta2 β₂, at least 0 and below 1
 * @param epsilon ε, above 0
 */
public record Adam(double beta1, double beta2, double epsilon) implements UpdateRule {
    public Adam {
        UpdateRule.checkFraction("beta1", beta1);
        UpdateRule.checkFraction("beta2", beta2);
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("Invalid epsilon: " + epsilon + " (must be > 0)");
        }
    }

    @Override
    public String description() {
        return "adam " + beta1 + " " + beta2;
    }

    @Override
    public List<String> memory() {
        return List.of("first-moment", "second-moment");
    }

    @Override
    public void update(int updateNumber, double rate, double[] parameters, double[] gradient, List<double[]> memory) {
        double[] first = memory.get(0);
        double[] second = memory.get(1);
        // StrictMath gives the same bits on every machine
        double firstWeight = 1 - StrictMath.pow(beta1, updateNumber);
        double secondWeight = 1 - StrictMath.pow(beta2, updateNumber);
        for (int i = 0; i < parameters.length; i++) {
            first[i] = beta1 * first[i] + (1 - beta1) * gradient[i];
            second[i] = beta2 * second[i] + (1 - beta2) * gradient[i] * gradient[i];
            parameters[i] -= rate * (first[i] / firstWeight) / (Math.sqrt(second[i] / secondWeight) + epsilon);
        }
    }
}
