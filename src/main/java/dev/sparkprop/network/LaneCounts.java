package dev.sparkprop.network;

import dev.sparkprop.data.Tile;
import java.util.Arrays;

/** Weights of a tile whose examples all count once: ones, and zeros for its padding. */
public final class LaneCounts {
    private static final float[] FLOATS = new float[2 * Tile.EXAMPLES];

    static {
        Arrays.fill(FLOATS, 0, Tile.EXAMPLES, 1f);
    }

    private LaneCounts() {}

    /** An array to be read from {@link #at} on, and never written to. */
    public static float[] floats() {
        return FLOATS;
    }

    /** Where 256 weights begin of which the first {@code examples} are ones. */
    public static int at(int examples) {
        return Tile.EXAMPLES - examples;
    }
}
