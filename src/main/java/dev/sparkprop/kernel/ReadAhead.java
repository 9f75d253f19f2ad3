package dev.sparkprop.kernel;

/**
 * Reads what a kernel is about to need, in the order of memory, so that many cache misses are under way at once. Only where a
 * kernel goes against that order: behind passes that read on, as those of narrow nets do, it was measured to gain nothing.
 */
final class ReadAhead {
    /** Floats of a cache line. */
    private static final int LINE = 16;

    /** Takes what was read, lest the JIT leave the reading out. */
    private int bits;

    /** Brings {@code count} floats from {@code from} on into the cache; count is a multiple of 32. */
    void read(float[] values, int from, int count) {
        int even = 0;
        int odd = 0;
        for (int i = from; i < from + count; i += 2 * LINE) {
            even |= Float.floatToRawIntBits(values[i]);
            odd |= Float.floatToRawIntBits(values[i + LINE]);
        }
        bits = even | odd;
    }
}
