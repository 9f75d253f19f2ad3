package dev.sparkprop.kernel;

/** The order of sums over the examples of a tile: 16 chains side by side, which are then folded. The same on every machine. */
final class Chains {
    /** Number of chains; example e belongs to chain e mod 16. */
    static final int CHAINS = 16;

    private Chains() {}

    /** Folds sixteen chains: c[i] + c[i+8], then +4, +2, +1. */
    static float fold(float[] c, int at) {
        float even = ((c[at] + c[at + 8]) + (c[at + 4] + c[at + 12]))
                + ((c[at + 2] + c[at + 10]) + (c[at + 6] + c[at + 14]));
        float odd = ((c[at + 1] + c[at + 9]) + (c[at + 5] + c[at + 13]))
                + ((c[at + 3] + c[at + 11]) + (c[at + 7] + c[at + 15]));
        return even + odd;
    }
}
