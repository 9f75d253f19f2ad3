package dev.sparkprop.kernel;

import dev.sparkprop.data.Tile;

/**
 * The shape of one fully connected layer, z = W·x + b, and where its parameters lie in the flat parameter array.
 *
 * @param inputs width of x, at least 1
 * @param outputs width of z, at least 1
 * @param weights offset of W, row by row: the weight from input i to output o is at {@code weights + o·inputs + i}
 * @param biases offset of b
 */
public record Dense(int inputs, int outputs, int weights, int biases) {
    /** From this width on, on both sides, transposing a tile's inputs costs less than summing across its examples. */
    private static final int WIDE = 32;

    /** Additions to a float32 sum before its rounding errors would show beside those of the data. */
    private static final int LONGEST_CHAIN = 2048;

    public Dense {
        if (inputs < 1 || outputs < 1 || weights < 0 || biases < 0) {
            throw new IllegalArgumentException("Invalid layer: " + inputs + " inputs, " + outputs
                    + " outputs at offsets " + weights + " and " + biases);
        }
    }

    /** Number of weights. */
    public int weightCount() {
        return inputs * outputs;
    }

    /**
     * How the gradient of a weight is summed over the examples: in a wide layer as one chain in the order of the examples,
     * in any other in 16 chains, example e going to chain e mod 16. It follows from the widths alone, never from the
     * hardware, because it decides the bits.
     */
    boolean wide() {
        return inputs >= WIDE && outputs >= WIDE;
    }

    /** Tiles that the running sums take up before they go to float64, so that no chain is longer than 2,048 additions. */
    int tilesPerDrain() {
        return wide() ? LONGEST_CHAIN / Tile.EXAMPLES : LONGEST_CHAIN / Tile.EXAMPLES * Chains.CHAINS;
    }
}
