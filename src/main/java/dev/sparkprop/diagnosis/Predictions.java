package dev.sparkprop.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Detects networks that predict the same class for every example, or numbers no better than the mean. */
final class Predictions {
    static final String ONE_CLASS = "one-prediction";
    static final String MEAN = "mean-prediction";

    /** Fraction of the cost of predicting the mean. If the cost is above it, the improvement may be chance. */
    private static final double MIN_RELATIVE_COST = 0.99;

    private Predictions() {}

    /**
     * Returns the diagnosis of a network that predicts only one of several classes, if it applies.
     *
     * @param examplesName the kind of examples: {@code training} or {@code validation}
     * @param actual the total weight of the examples of each class
     * @param predicted the total weight of the examples predicted as each class
     */
    static Optional<String> oneClass(
            Setup setup, String examplesName, List<String> classes, List<Double> actual, List<Double> predicted) {
        int[] predictedClasses = IntStream.range(0, classes.size())
                .filter(c -> predicted.get(c) > 0)
                .toArray();
        long present = actual.stream().filter(weight -> weight > 0).count();
        if (predictedClasses.length != 1 || present < 2) {
            return Optional.empty();
        }
        double share = actual.get(predictedClasses[0])
                / actual.stream().mapToDouble(weight -> weight).sum();
        boolean mostFrequent = IntStream.range(0, classes.size())
                .allMatch(c -> c == predictedClasses[0] || actual.get(c) < actual.get(predictedClasses[0]));
        return Optional.of(String.format(
                        Locale.ROOT,
                        "The network predicts only %s, %s. This is the class of %.4g %% of the %s examples, which is the accuracy.",
                        mostFrequent ? "the most frequent class" : "one class",
                        classes.get(predictedClasses[0]),
                        100 * share,
                        examplesName)
                + Suggestion.text(
                        setup, Suggestion.STANDARDIZE, Suggestion.LONGER, Suggestion.LARGER_RATE, Suggestion.ADAM));
    }

    /**
     * Returns the diagnosis of a cost that is not lower than that of predicting the mean, if it applies.
     *
     * @param mean the cost of predicting the mean
     */
    static Optional<String> mean(Setup setup, double cost, double mean) {
        return cost < MIN_RELATIVE_COST * mean || mean == 0
                ? Optional.empty()
                : Optional.of(String.format(
                                Locale.ROOT,
                                "The cost, %.4g, is no lower than the cost of predicting the mean of the targets for every"
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
