package dev.sparkprop.benchmark;

import dev.sparkprop.kernel.ReadAhead;
import java.util.function.DoubleSupplier;

/** Reads memory in order, without computing anything. Each call reads 8 MiB, and returns the number of bytes. */
final class PlainRead implements DoubleSupplier {
    private static final int PART = 2 << 20;

    private final float[][] parts;
    private final ReadAhead reader = new ReadAhead();
    private int next;

    /** Allocates the given number of bytes, which should not fit in any cache. */
    PlainRead(long bytes) {
        parts = new float[(int) (bytes / PART / Float.BYTES)][PART];
    }

    @Override
    public double getAsDouble() {
        reader.read(parts[next], 0, PART);
        next = (next + 1) % parts.length;
        return (double) PART * Float.BYTES;
    }
}
