package dev.sparkprop.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Labels of one class only, from which no net can learn to tell classes apart. */
final class OneClass {
    static final String NAME = "one-class";

    private OneClass() {}

    /**
     * The words for it, if it is so.
     *
     * @param which examples: {@code training} or {@code validation}
     * @param classes names of all that there could be
     * @param weights of the examples of each class
     */
    static Optional<String> text(String which, List<String> classes, List<Double> weights) {
        int[] present = IntStream.range(0, classes.size())
                .filter(c -> weights.get(c) > 0)
                .toArray();
        // none at all is another matter: they all weigh nothing
        return present.length == 1 && classes.size() > 1
                ? Optional.of(
                        "All " + which + " examples are of class " + classes.get(present[0])
                                + ", so that there is nothing to tell apart, and the accuracy says nothing. Look for the others in the data.")
                : Optional.empty();
    }
}
