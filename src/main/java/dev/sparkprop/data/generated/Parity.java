package dev.sparkprop.data.generated;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Tile;

/**
 * All combinations of the given number of bits, repeated. The target is 1 if an odd number of bits is set. The first
 * feature of example n is the highest bit of n mod 2^bits. Two bits give exclusive or; each additional bit makes the
 * function harder to learn.
 *
 * @param bits number of features per example, from 1 to {@value #MAX_BITS}
 * @param copies number of repetitions of all rows, at least 1
 */
public record Parity(int bits, long copies) implements ExampleSource {
    /** The maximum number of bits: one copy has up to 2²⁴ rows. */
    public static final int MAX_BITS = 24;

    /** The maximum number of copies. With shards of the default size, the shard numbers fit in an int. */
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
    public void write(long example, float[] features, int featureOffset, float[] targets, int targetOffset) {
        for (int i = 0; i < bits; i++) {
            features[featureOffset + i * Tile.EXAMPLES] = (example >> (bits - 1 - i)) & 1;
        }
        long row = example & ((1L << bits) - 1);
        targets[targetOffset] = Long.bitCount(row) & 1;
    }
}
