package dev.sparkprop.kernel;

/**
 * Reads data that a kernel will use next, in memory order, so that many cache misses overlap. Kernels compute too much
 * per cache line for the processor to request the next lines early enough, and some do not access memory in order.
 */
public final class ReadAhead {
    /** Number of floats in a cache line. */
    private static final int LINE = 16;

    /** Stores the combined bits, so that the JIT does not eliminate the reads. */
    private int bits;

    /** Loads {@code count} floats, starting at {@code from}, into the cache. The count must be a multiple of 32. */
    public void read(float[] values, int from, int count) {
        int even = 0;
        int odd = 0;
        for (int i = from; i < from + count; i += 2 * LINE) {
            even |= Float.floatToRawIntBits(values[i]);
            odd |= Float.floatToRawIntBits(values[i + LINE]);
        }
        bits = even | odd;
    }
}
