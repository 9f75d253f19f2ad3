package dev.sparkprop.data;

/**
 * The layout of 256 examples for the kernels. Each row of a tile is a feature, a target or a unit's activation. It
 * consists of 256 floats, one per example, so that the lanes of a vector register contain different examples. The
 * last tile of a dataset is padded with zeros.
 */
public final class Tile {
    /** Examples per tile: a multiple of every register width, and small enough that a layer fits in the L1 cache. */
    public static final int EXAMPLES = 256;

    private Tile() {}

    /** Returns the number of tiles for the given number of examples. The last tile may be padded. */
    public static int count(int examples) {
        return (examples + EXAMPLES - 1) / EXAMPLES;
    }

    /** Returns the number of examples without padding in a tile of a sequence of {@code examples}. */
    public static int occupied(int examples, int tile) {
        return Math.min(EXAMPLES, examples - tile * EXAMPLES);
    }

    /** Returns the values of one example in the rows of a tile, {@code [row][256]}. */
    public static double[] lane(float[] tile, int rows, int lane) {
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = tile[row * EXAMPLES + lane];
        }
        return values;
    }
}
