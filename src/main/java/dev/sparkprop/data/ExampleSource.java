package dev.sparkprop.data;

import java.io.Serializable;

/**
 * Examples that can be written by their number alone, anywhere and in any order: what lets executors make their own
 * part of a dataset without a byte from the driver, and make it again, the same, after a loss.
 */
public interface ExampleSource extends Serializable {
    /** Features of one example. */
    int features();

    /** Targets of one example. */
    int targets();

    /** Bytes of one example when packed. */
    default long bytesPerExample() {
        return (long) Float.BYTES * (features() + targets());
    }

    /** Examples in the dataset. */
    long examples();

    /**
     * Writes one example into a lane of a tile: feature i to {@code features[featureAt + i·256]}, target o to
     * {@code targets[targetAt + o·256]}.
     */
    void write(long example, float[] features, int featureAt, float[] targets, int targetAt);

    /** Whether examples have weights of their own. */
    default boolean weighted() {
        return false;
    }

    /** How much an example counts, at least 0. */
    default float weight(long example) {
        return 1;
    }
}
