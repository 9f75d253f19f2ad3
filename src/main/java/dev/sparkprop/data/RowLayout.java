package dev.sparkprop.data;

import java.io.Serializable;

/**
 * Where features, targets and weight are in the numbers of a row. As it is read, a row has its features and then those targets that
 * are numbers; a label stays text. As it is packed, it has its features, then its targets or the number of its class, then its weight.
 * With two classes the number of the class, 0 or 1, is the one target.
 *
 * @param features of a row
 * @param kind of its targets
 * @param outputs of the net
 */
public record RowLayout(int features, TargetKind kind, int outputs) implements Serializable {
    /** Numbers of a row as it is read. */
    public int values() {
        return features + (kind.labels() ? 0 : outputs);
    }

    /** Position of the weight in a packed row. */
    public int weightAt() {
        return features + kind.columns(outputs);
    }

    /** Numbers of a packed row. */
    public int packedWidth() {
        return weightAt() + 1;
    }
}
