package dev.sparkprop.kernel;

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
}
