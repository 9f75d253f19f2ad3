package dev.sparkprop.data.generated;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Tile;

/**
 * All rows of some bits and whether an odd number of them is set, copied: the first feature of example n is the highest bit of
 * n mod 2^bits. With two bits it is exclusive or; each bit more makes it harder to learn.
 *
 * @param bits features of one example, from 1 to {@value #MAX_BITS}
 * @param copies how often all rows are repeated, at least 1
 */
public record Parity(int bits, long copies) implements ExampleSource {
    /** More would not be rows that anybody can go through. */
    public static final int MAX_BITS = 24;

    /** The most copies whose shards of the usual size can be numbered. */
    public static final long MAX_COPIES = 1L << 20;

    public Parity {
        if (bits < 1 || bits > MAX_BITS) {
            throw new IllegalArgumentException("Invalid bits: " + bits + " (must be 1 to " + MAX_BITS + ")");
        }
        if (copies < 1 || copies > MAX_COPIES) {
            throw new IllegalArgumentException("Invalid copies: " + copies + " (must be 1 to " + MAX_COPIES + ")");
        }
    }

    @Override
    public int features() {
        return bits;
    }

    @Override
    public int targets() {
        return 1;
    }

    @Override
    public long examples() {
        return copies << bits;
    }

    @Override
    public void write(long example, float[] features, int featureAt, float[] targets, int targetAt) {
        for (int i = 0; i < bits; i++) {
            features[featureAt + i * Tile.EXAMPLES] = (example >> (bits - 1 - i)) & 1;
        }
        long row = example & ((1L << bits) - 1);
        targets[targetAt] = Long.bitCount(row) & 1;
    }
}
