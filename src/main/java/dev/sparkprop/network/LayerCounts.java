package dev.sparkprop.network;

import dev.sparkprop.data.Tile;

/**
 * The sizes and operation counts of one fully connected layer.
 *
 * @param inputs width of the layer below
 * @param outputs width of this layer
 * @param first whether this is the first layer, which needs no delta below
 */
public record LayerCounts(int inputs, int outputs, boolean first) {
    /** Returns the number of elements of W. */
    public long weights() {
        return (long) inputs * outputs;
    }

    /** Returns the number of elements of b. */
    public long biases() {
        return outputs;
    }

    /** Returns the number of weights and biases. */
    public long parameters() {
        return weights() + biases();
    }

    /** Returns the multiply-adds per example in the forward pass, W·x. */
    public long forward() {
        return weights();
    }

    /**
     * Returns the multiply-adds per example in the backward pass: delta·xᵀ for ∂W, and Wᵀ·delta unless this is
     * the first layer.
     */
    public long backward() {
        return first ? weights() : 2 * weights();
    }

    /** Returns the size of weights and biases in bytes, in float32, as sent to the executors. */
    public long parameterBytes() {
        return Float.BYTES * parameters();
    }

    /** Returns the size of a tile's activations in bytes, in float32, including padding. */
    public long tileBytes() {
        return tileBytes(outputs);
    }

    /** Returns the size in bytes of the given number of rows of a tile, in float32. */
    public static long tileBytes(long rows) {
        return Float.BYTES * Tile.EXAMPLES * rows;
    }
}
