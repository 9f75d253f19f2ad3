package dev.sparkprop.optimizer;

import java.util.List;

/** p ← p − η·g. */
public record GradientDescent() implements UpdateRule {
    @Override
    public String description() {
        return "gradient-descent";
    }

    @Override
    public void update(int updateNumber, double rate, double[] parameters, double[] gradient, List<double[]> memory) {
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] -= rate * gradient[i];
        }
    }
}
