package dev.sparkprop.network;

import dev.sparkprop.data.Tile;
import java.util.Arrays;

/** Weights of a tile whose examples all have weight 1: ones, followed by zeros for padding. */
public final class LaneCounts {
    private static final float[] FLOATS = new float[2 * Tile.EXAMPLES];

    static {
        Arrays.fill(FLOATS, 0, Tile.EXAMPLES, 1f);
    }

    private LaneCounts() {}

    /** Returns a shared array to read from offset {@link #at}. It must not be modified. */
    public static float[] floats() {
        return FLOATS;
    }

    /** Returns the offset of 256 weights whose first {@code examples} are ones. */
    public static int at(int examples) {
        return Tile.EXAMPLES - examples;
    }
}
