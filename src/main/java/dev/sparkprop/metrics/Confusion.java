package dev.sparkprop.metrics;

import java.io.Serializable;

/** How much weight of each class was taken for each class. Ratios of which the whole is nothing are NaN. */
public final class Confusion implements Serializable {
    private static final long serialVersionUID = 1;

    /** The counts of so many classes take 32 MB. */
    public static final int MAX_CLASSES = 2_000;

    private final int classes;
    private final double[] weights;

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
        this.weights = new double[classes * classes];
    }

    /** Counts a prediction. */
    public void add(int actual, int predicted, double weight) {
        weights[actual * classes + predicted] += weight;
    }

    /** Counts all that another counted. */
    public void add(Confusion other) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] += other.weights[i];
        }
    }

    /** Number of classes. */
    public int classes() {
        return classes;
    }

    /** Weight of examples of a class that were taken for another, or for it. */
    public double weight(int actual, int predicted) {
        return weights[actual * classes + predicted];
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
