package dev.sparkprop.network;

import dev.sparkprop.data.Tile;

/**
 * What one fully connected layer holds and computes.
 *
 * @param inputs width of the layer below
 * @param outputs width of this layer
 * @param first whether the data are below, of which nobody wants a delta
 */
public record LayerCounts(int inputs, int outputs, boolean first) {
    /** Elements of W. */
    public long weights() {
        return (long) inputs * outputs;
    }

    /** Elements of b. */
    public long biases() {
        return outputs;
    }

    /** Weights and biases. */
    public long parameters() {
        return weights() + biases();
    }

    /** Multiply-adds of one example on the way up, W·x. */
    public long forward() {
        return weights();
    }

    /** Multiply-adds of one example on the way down: delta·xᵀ for ∂W, and Wᵀ·delta for the layer below, if it is not the data. */
    public long backward() {
        return first ? weights() : 2 * weights();
    }

    /** Bytes of weights and biases in float32, as they go out to the executors. */
    public long parameterBytes() {
        return Float.BYTES * parameters();
    }

    /** Bytes of the activations of a tile in float32, whether all of its examples are there or not. */
    public long tileBytes() {
        return tileBytes(outputs);
    }

    /** Bytes of so many rows of a tile in float32. */
    public static long tileBytes(long rows) {
        return Float.BYTES * Tile.EXAMPLES * rows;
    }
}
