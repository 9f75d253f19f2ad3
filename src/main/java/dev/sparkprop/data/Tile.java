package dev.sparkprop.data;

/**
 * The layout of 256 examples for the kernels: row r of a tile (a feature, a target, a unit's activation) is a run of 256
 * floats, one for each example, so that the lanes of a vector register run over examples. The last tile of a dataset is
 * padded with zeros.
 */
public final class Tile {
    /** Examples in a tile. A multiple of every register width, and small enough for a layer to stay in the first cache. */
    public static final int EXAMPLES = 256;

    private Tile() {}

    /** Tiles that hold this many examples, the last one perhaps padded. */
    public static int count(int examples) {
        return (examples + EXAMPLES - 1) / EXAMPLES;
    }

    /** Examples that are not padding in a tile of a run of {@code examples}. */
    public static int occupied(int examples, int tile) {
        return Math.min(EXAMPLES, examples - tile * EXAMPLES);
    }

    /** The values that one example has in the rows of a tile, {@code [row][256]}. */
    public static double[] lane(float[] tile, int rows, int lane) {
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = tile[row * EXAMPLES + lane];
        }
        return values;
    }
}
