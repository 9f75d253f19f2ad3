package dev.sparkprop.metrics;

import dev.sparkprop.data.ExactSum;
import java.io.Serializable;

/**
 * How much weight of each class was taken for each class, the same in whatever order predictions are counted. Ratios of which the
 * whole is nothing are NaN.
 */
public final class Confusion implements Serializable {
    private static final long serialVersionUID = 1;

    /** The counts of so many classes take 32 MB; other weights than 1, 400 bytes for each pair of classes that occurs. */
    public static final int MAX_CLASSES = 2_000;

    private final int classes;
    /** Examples of weight 1, which most of them are. */
    private final long[] ones;
    /** Other weights; null until there is one, and where there is none. */
    private ExactSum[] others;

    /**
     * Of no predictions yet.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_CLASSES}
     */
    public Confusion(int classes) {
        if (classes < 1 || classes > MAX_CLASSES) {
            throw new IllegalArgumentException(
                    "Invalid classes: " + classes + " (must be from 1 to " + MAX_CLASSES + " to be counted)");
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

    /** Counts all that another counted. */
    public void add(Confusion other) {
        for (int cell = 0; cell < ones.length; cell++) {
            ones[cell] += other.ones[cell];
            if (other.others != null && other.others[cell] != null) {
                other(cell).add(other.others[cell]);
            }
        }
    }

    /** Number of classes. */
    public int classes() {
        return classes;
    }

    /** Weight of examples of a class that were taken for another, or for it. */
    public double weight(int actual, int predicted) {
        int cell = actual * classes + predicted;
        return ones[cell] + (others == null || others[cell] == null ? 0 : others[cell].value());
    }

    /** Weight of all examples of a class. */
    public double actual(int label) {
        double sum = 0;
        for (int other = 0; other < classes; other++) {
            sum += weight(label, other);
        }
        return sum;
    }

    /** Weight of all that was taken for a class. */
    public double predicted(int label) {
        double sum = 0;
        for (int other = 0; other < classes; other++) {
            sum += weight(other, label);
        }
        return sum;
    }

    /** Share of all that was predicted right. */
    public double accuracy() {
        double right = 0;
        double all = 0;
        for (int label = 0; label < classes; label++) {
            right += weight(label, label);
            all += actual(label);
        }
        return right / all;
    }

    /** Share of what was taken for a class that is of it. */
    public double precision(int label) {
        return weight(label, label) / predicted(label);
    }

    /** Share of a class that was taken for it. */
    public double recall(int label) {
        return weight(label, label) / actual(label);
    }

    /** Harmonic mean of precision and recall, 2·right/(actual + predicted). */
    public double f1(int label) {
        return 2 * weight(label, label) / (actual(label) + predicted(label));
    }
}
