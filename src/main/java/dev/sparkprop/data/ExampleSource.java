package dev.sparkprop.data;

import java.io.Serializable;

/**
 * Examples that can be written by number alone, on any machine and in any order. Executors can therefore generate
 * their own part of a dataset without data from the driver, and regenerate the same part after a failure.
 */
public interface ExampleSource extends Serializable {
    /** Returns the number of features per example. */
    int features();

    /** Returns the number of targets per example. */
    int targets();

    /** Returns the size of a packed example in bytes, without its weight. */
    default long bytesPerExample() {
        return (long) Float.BYTES * (features() + targets());
    }

    /** Returns the number of examples in the dataset. */
    long examples();

    /**
     * Writes one example into a lane of a tile: feature i to {@code features[featureOffset + i·256]}, target o to
     * {@code targets[targetOffset + o·256]}.
     */
    void write(long example, float[] features, int featureOffset, float[] targets, int targetOffset);

    /** Returns true if examples have individual weights. */
    default boolean weighted() {
        return false;
    }

    /** Returns the weight of an example, at least 0. */
    default float weight(long example) {
        return 1;
    }
}
