package dev.sparkprop.kernel;

import dev.sparkprop.data.Tile;
import java.util.Arrays;

/** Ones for the lanes of a tile that count and zeros for its padding, to be read from {@link #at} on. Never written to. */
final class LaneCounts {
    static final float[] FLOATS = new float[2 * Tile.EXAMPLES];
    static final int[] INTS = new int[2 * Tile.EXAMPLES];

    static {
        Arrays.fill(FLOATS, 0, Tile.EXAMPLES, 1f);
        Arrays.fill(INTS, 0, Tile.EXAMPLES, 1);
    }

    private LaneCounts() {}

    /** Where 256 counts begin of which the first {@code examples} are ones. */
    static int at(int examples) {
        return Tile.EXAMPLES - examples;
    }
}
