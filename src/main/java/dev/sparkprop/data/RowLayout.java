package dev.sparkprop.data;

import java.io.Serializable;

/**
 * The positions of features, targets and weight in a row of numbers. A row as read contains the features, then the
 * numeric targets; a label remains text. A packed row contains the features, then the targets or the class number,
 * then the weight. With two classes, the class number, 0 or 1, is the single target.
 *
 * @param features number of features in a row
 * @param kind kind of the targets
 * @param outputs number of network outputs
 */
public record RowLayout(int features, TargetKind kind, int outputs) implements Serializable {
    /** Returns the number of values in a row as read. */
    public int values() {
        return features + (kind.labels() ? 0 : outputs);
    }

    /** Returns the position of the weight in a packed row. */
    public int weightOffset() {
        return features + kind.columns(outputs);
    }

    /** Returns the number of values in a packed row. */
    public int packedWidth() {
        return weightOffset() + 1;
    }
}
