package dev.sparkprop.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Detects labels of only one class, from which no network can learn to distinguish classes. */
final class OneClass {
    static final String NAME = "one-class";

    private OneClass() {}

    /**
     * Returns the diagnosis, if it applies.
     *
     * @param examplesName the kind of examples: {@code training} or {@code validation}
     * @param classes the names of all possible classes
     * @param weights the total weight of the examples of each class
     */
    static Optional<String> text(String examplesName, List<String> classes, List<Double> weights) {
        int[] present = IntStream.range(0, classes.size())
                .filter(c -> weights.get(c) > 0)
                .toArray();
        // no class at all is a different problem: all weights are 0
        return present.length == 1 && classes.size() > 1
                ? Optional.of(
                        "All " + examplesName + " examples are of class " + classes.get(present[0])
                                + ". There is nothing to classify, and the accuracy is meaningless. Check why the data contain no other class.")
                : Optional.empty();
    }
}
