package dev.sparkprop.kernel;

import dev.sparkprop.data.Tile;

/**
 * The shape of one fully connected layer, z = W·x + b, and the position of its parameters in the
 * flat parameter array.
 *
 * @param inputs width of x, at least 1
 * @param outputs width of z, at least 1
 * @param weights offset of W, which is stored by rows: the weight from input i to output o is at
 *     {@code weights + o·inputs + i}
 * @param biases offset of b
 */
public record Dense(int inputs, int outputs, int weights, int biases) {
    /**
     * Minimum number of inputs and of outputs for which transposing a tile costs less than summing
     * across its examples.
     */
    private static final int WIDE = 32;

    /**
     * Maximum number of additions to a float32 sum. Longer sums would have rounding errors comparable to those
     * of the data.
     */
    private static final int LONGEST_CHAIN = 2048;

    public Dense {
        if (inputs < 1 || outputs < 1 || weights < 0 || biases < 0) {
            throw new IllegalArgumentException("Invalid layer: " + inputs + " inputs, " + outputs
                    + " outputs at offsets " + weights + " and " + biases);
        }
    }

    /** Returns the number of weights. */
    public int weightCount() {
        return inputs * outputs;
    }

    /**
     * Returns true for a wide layer, which sums the gradient of each weight in one chain, in the order of the
     * examples. Other layers sum it in 16 chains; example e belongs to chain e mod 16. The result depends only on the
     * widths, never on the hardware, because it determines the bits.
     */
    boolean wide() {
        return inputs >= WIDE && outputs >= WIDE;
    }

    /**
     * Returns the number of tiles to sum before draining to float64, so that no chain has more than 2,048 additions.
     */
    int tilesPerDrain() {
        return wide() ? LONGEST_CHAIN / Tile.EXAMPLES : LONGEST_CHAIN / Tile.EXAMPLES * Chains.CHAINS;
    }
}
