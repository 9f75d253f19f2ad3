package dev.sparkprop.optimizer;

import java.util.List;

/** The rule by which one update moves the parameters against their gradient. */
public sealed interface UpdateRule permits GradientDescent, Momentum, Nesterov, Adam {
    /** Returns the name in a configuration and the rule's own settings, such as {@code momentum 0.9}. */
    String description();

    /** Returns the names of the vectors to keep between updates, each as long as the parameters and initially 0. */
    default List<String> memory() {
        return List.of();
    }

    /**
     * Updates the parameters in place.
     *
     * @param updateNumber the number of this update, from 1
     * @param rate the learning rate η of this update
     * @param parameters p, replaced by p′
     * @param gradient g = ∂cost/∂p
     * @param memory the vectors named by {@link #memory()}, in the same order; updated in place
     */
    void update(int updateNumber, double rate, double[] parameters, double[] gradient, List<double[]> memory);

    /** Throws an exception unless the value is at least 0 and below 1. */
    static void checkFraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be at least 0 and below 1)");
        }
    }
}
