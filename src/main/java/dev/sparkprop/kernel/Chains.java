package dev.sparkprop.kernel;

/**
 * The summation order over the examples of a tile: 16 parallel chains, which are then folded. It is the same
 * on all machines.
 */
final class Chains {
    /** Number of chains. Example e belongs to chain e mod 16. */
    static final int CHAINS = 16;

    private Chains() {}

    /** Returns the sum of sixteen chains, folded as c[i] + c[i+8], then +4, +2, +1. */
    static float fold(float[] c, int at) {
        float even = ((c[at] + c[at + 8]) + (c[at + 4] + c[at + 12]))
                + ((c[at + 2] + c[at + 10]) + (c[at + 6] + c[at + 14]));
        float odd = ((c[at + 1] + c[at + 9]) + (c[at + 5] + c[at + 13]))
                + ((c[at + 3] + c[at + 11]) + (c[at + 7] + c[at + 15]));
        return even + odd;
    }
}
