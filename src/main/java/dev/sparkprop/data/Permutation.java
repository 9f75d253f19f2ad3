package dev.sparkprop.data;

import java.io.Serializable;

/**
 * An order of the numbers from 0 to before {@code size}, of which each position is computed alone, without memory: a Feistel
 * network permutes the numbers of as many bits as {@code size} needs, and is applied again to what comes out too large (Black and
 * Rogaway, "Ciphers with arbitrary finite domains", 2002). Since less than half of those numbers are too large, that takes less
 * than two applications on average.
 *
 * @param size how many numbers, at least 1
 * @param key of the order
 */
public record Permutation(long size, long key) implements Serializable {
    /** Even, so that both halves are changed equally often. With 4, pairs of 33 numbers are visibly uneven; each costs 6 ns. */
    private static final int ROUNDS = 6;

    public Permutation {
        if (size < 1) {
            throw new IllegalArgumentException("Invalid size: " + size + " (must be at least 1)");
        }
    }

    /** One of many orders under the same seed. */
    public static Permutation of(long size, long seed, long number) {
        return new Permutation(size, SplitMix64.of(seed, number).next());
    }

    /**
     * The number at a position.
     *
     * @param position from 0 to before {@link #size}
     */
    public long at(long position) {
        return walk(position, 0, 1);
    }

    /**
     * The position of a number: the inverse of {@link #at}.
     *
     * @param number from 0 to before {@link #size}
     */
    public long positionOf(long number) {
        // each round undoes itself, so the way back takes them in the other order
        return walk(number, ROUNDS - 1, -1);
    }

    private long walk(long from, int firstRound, int step) {
        long value = from;
        do {
            for (int i = 0; i < ROUNDS; i++) {
                value = round(value, firstRound + i * step);
            }
        } while (value >= size);
        return value;
    }

    /** Changes one half of the bits by a hash of the other half. */
    private long round(long value, int round) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
        int low = bits / 2;
        long lowMask = (1L << low) - 1;
        return round % 2 == 0
                ? value ^ (SplitMix64.hash(key, (value & lowMask) * ROUNDS + round) & ((1L << bits - low) - 1)) << low
                : value ^ (SplitMix64.hash(key, (value >>> low) * ROUNDS + round) & lowMask);
    }
}
