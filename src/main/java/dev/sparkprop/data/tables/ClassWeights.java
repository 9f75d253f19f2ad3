package dev.sparkprop.data.tables;

import java.util.List;
import java.util.Map;

/**
 * Factors for the weights of examples, by class.
 *
 * @param balanced whether the factors give all classes the same total weight; {@code factors} is then empty
 * @param factors factors by name of the class; 1 for all other classes
 */
public record ClassWeights(boolean balanced, Map<String, Double> factors) {
    /** The factor 1 for all classes. */
    public static final ClassWeights NONE = new ClassWeights(false, Map.of());

    /** Balanced classes. */
    public static final ClassWeights BALANCED = new ClassWeights(true, Map.of());

    public ClassWeights {
        factors = Map.copyOf(factors);
    }

    /** Returns true if all factors are 1. */
    public boolean isNone() {
        return !balanced && factors.isEmpty();
    }

    /**
     * Returns the factor of each class. For balanced classes, it is n / (k · n<sub>c</sub>), for n examples of k classes
     * and n<sub>c</sub> examples of class c.
     *
     * @param classes the names of the classes
     * @param counts the number of training examples of each class; used only for balanced classes
     * @throws IllegalArgumentException if there is no such class, or a balanced class has no example
     */
    public double[] of(List<String> classes, Map<String, Long> counts) {
        for (String name : factors.keySet()) {
            if (!classes.contains(name)) {
                throw new IllegalArgumentException("Invalid data.class-weight: there is no class " + name
                        + " (the classes are " + String.join(", ", classes) + ")");
            }
        }
        double all = counts.values().stream().mapToLong(Long::longValue).sum();
        double[] weights = new double[classes.size()];
        for (int c = 0; c < weights.length; c++) {
            String name = classes.get(c);
            if (balanced && !counts.containsKey(name)) {
                throw new IllegalArgumentException(
                        "Class " + name + " has no training example, so data.class-weight cannot be balanced");
            }
            weights[c] =
                    balanced ? all / (classes.size() * (double) counts.get(name)) : factors.getOrDefault(name, 1.0);
        }
        return weights;
    }
}
