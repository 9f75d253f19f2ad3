package dev.sparkprop.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** A net that predicts the same class, or no better than the mean, for every example. */
final class Predictions {
    static final String ONE_CLASS = "one-prediction";
    static final String MEAN = "mean-prediction";

    /** Of the cost of predicting the mean: what is explained beyond it may be chance. */
    private static final double NO_BETTER = 0.99;

    private Predictions() {}

    /**
     * The words for a net that predicts one class of several.
     *
     * @param which examples: {@code training} or {@code validation}
     * @param actual weights of the examples of each class
     * @param predicted weights of the examples that are taken for each
     */
    static Optional<String> oneClass(
            Setup setup, String which, List<String> classes, List<Double> actual, List<Double> predicted) {
        int[] told = IntStream.range(0, classes.size())
                .filter(c -> predicted.get(c) > 0)
                .toArray();
        long present = actual.stream().filter(weight -> weight > 0).count();
        if (told.length != 1 || present < 2) {
            return Optional.empty();
        }
        double share = actual.get(told[0])
                / actual.stream().mapToDouble(weight -> weight).sum();
        boolean most =
                IntStream.range(0, classes.size()).allMatch(c -> c == told[0] || actual.get(c) < actual.get(told[0]));
        return Optional.of(String.format(
                        Locale.ROOT,
                        "The net predicts %s only: %s, the class of %.4g %% of the %s examples, which is its accuracy.",
                        most ? "the most frequent class" : "one class",
                        classes.get(told[0]),
                        100 * share,
                        which)
                + Suggestion.text(
                        setup, Suggestion.STANDARDIZE, Suggestion.LONGER, Suggestion.LARGER_RATE, Suggestion.ADAM));
    }

    /**
     * The words for a cost that is no lower than that of predicting the mean.
     *
     * @param mean that cost
     */
    static Optional<String> mean(Setup setup, double cost, double mean) {
        return cost < NO_BETTER * mean || mean == 0
                ? Optional.empty()
                : Optional.of(String.format(
                                Locale.ROOT,
                                "The cost, %.4g, is no lower than that of predicting the mean of the targets for every"
                                        + " example, %.4g.",
                                cost,
                                mean)
                        + Suggestion.text(
                                setup,
                                Suggestion.STANDARDIZE,
                                Suggestion.LONGER,
                                Suggestion.LOWER_RATE,
                                Suggestion.ADAM));
    }
}
