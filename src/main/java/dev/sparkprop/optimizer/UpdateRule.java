package dev.sparkprop.optimizer;

import java.util.List;

/** How one update moves the parameters against their gradient. */
public sealed interface UpdateRule permits GradientDescent, Momentum, Nesterov, Adam {
    /** Its name in a configuration, with its own settings, such as {@code momentum 0.9}. */
    String description();

    /** Names of the vectors that it remembers between updates, each as long as the parameters and 0 before the first update. */
    default List<String> memory() {
        return List.of();
    }

    /**
     * Moves the parameters in place.
     *
     * @param number of this update, from 1
     * @param rate learning rate η of this update
     * @param parameters p, which become p′
     * @param gradient g = ∂cost/∂p
     * @param memory the vectors that {@link #memory()} names, in its order, which are brought up to date
     */
    void update(int number, double rate, double[] parameters, double[] gradient, List<double[]> memory);

    /** Throws for what is not at least 0 and below 1. */
    static void checkFraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be at least 0 and below 1)");
        }
    }
}
