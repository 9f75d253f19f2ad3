package dev.sparkprop.metrics;

import dev.sparkprop.data.ExactSum;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * The confusion matrix: the weight of the examples for each pair of actual and predicted class. The result does not
 * depend on the order of counting. Ratios with a zero denominator are NaN.
 */
public final class Confusion implements Serializable {
    private static final long serialVersionUID = 1;

    /**
     * The counts for this number of classes take 32 MB. Weights other than 1 take 400 bytes for each pair of
     * classes that occurs.
     */
    public static final int MAX_CLASSES = 2_000;

    private final int classes;
    /** Number of examples with weight 1, the most common weight. */
    private final long[] ones;
    /** Sums of other weights; null until there is one, and for pairs without one. */
    private ExactSum[] others;

    /**
     * Creates an empty confusion matrix.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_CLASSES}
     */
    public Confusion(int classes) {
        if (classes < 1 || classes > MAX_CLASSES) {
            throw new IllegalArgumentException(
                    "Invalid classes: " + classes + " (must be 1 to " + MAX_CLASSES + " for a confusion matrix)");
        }
        this.classes = classes;
        this.ones = new long[classes * classes];
    }

    /** Counts a prediction. */
    public void add(int actual, int predicted, double weight) {
        int cell = actual * classes + predicted;
        if (weight == 1) {
            ones[cell]++;
        } else {
            other(cell).add(weight);
        }
    }

    private ExactSum other(int cell) {
        if (others == null) {
            others = new ExactSum[ones.length];
        }
        if (others[cell] == null) {
            others[cell] = new ExactSum();
        }
        return others[cell];
    }

    /** Adds all counts of another matrix. */
    public void add(Confusion other) {
        for (int cell = 0; cell < ones.length; cell++) {
            ones[cell] += other.ones[cell];
            if (other.others != null && other.others[cell] != null) {
                other(cell).add(other.others[cell]);
            }
        }
    }

    /** Returns the number of classes. */
    public int classes() {
        return classes;
    }

    /** Returns the weight of the examples of a class that were predicted as the given class. */
    public double weight(int actual, int predicted) {
        int cell = actual * classes + predicted;
        return ones[cell] + (others == null || others[cell] == null ? 0 : others[cell].value());
    }

    /** Returns the weight of all examples of a class. */
    public double actual(int label) {
        double sum = 0;
        for (int other = 0; other < classes; other++) {
            sum += weight(label, other);
        }
        return sum;
    }

    /** Returns the weight of all examples predicted as a class. */
    public double predicted(int label) {
        double sum = 0;
        for (int other = 0; other < classes; other++) {
            sum += weight(other, label);
        }
        return sum;
    }

    /** Returns the fraction of correct predictions. */
    public double accuracy() {
        double correct = 0;
        double all = 0;
        for (int label = 0; label < classes; label++) {
            correct += weight(label, label);
            all += actual(label);
        }
        return correct / all;
    }

    /** Returns the fraction of the examples predicted as a class that belong to it. */
    public double precision(int label) {
        return weight(label, label) / predicted(label);
    }

    /** Returns the fraction of a class that was predicted as that class. */
    public double recall(int label) {
        return weight(label, label) / actual(label);
    }

    /** Returns the harmonic mean of precision and recall, 2·correct/(actual + predicted). */
    public double f1(int label) {
        return 2 * weight(label, label) / (actual(label) + predicted(label));
    }

    /** Returns the mean recall of the classes that have examples. */
    public double balancedAccuracy() {
        return IntStream.range(0, classes)
                .mapToDouble(this::recall)
                .filter(recall -> !Double.isNaN(recall))
                .average()
                .orElse(Double.NaN);
    }
}
