package dev.sparkprop.data.generated;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Tile;

/**
 * The four rows of the exclusive-or truth table, repeated. Example n is row n mod 4 of (0,0)→0,
 * (0,1)→1, (1,0)→1, (1,1)→0.
 *
 * @param copies number of repetitions of the table, at least 1
 */
public record XorTruthTable(long copies) implements ExampleSource {
    private static final int ROWS = 4;

    /** The maximum number of copies. With shards of the default size, the shard numbers fit in an int. */
    public static final long MAX_COPIES = 1L << 42;

    public XorTruthTable {
        if (copies < 1 || copies > MAX_COPIES) {
            throw new IllegalArgumentException("Invalid copies: " + copies + " (must be 1 to " + MAX_COPIES + ")");
        }
    }

    @Override
    public int features() {
        return 2;
    }

    @Override
    public int targets() {
        return 1;
    }

    @Override
    public long examples() {
        return ROWS * copies;
    }

    @Override
    public void write(long example, float[] features, int featureOffset, float[] targets, int targetOffset) {
        int first = (int) (example >> 1) & 1;
        int second = (int) example & 1;
        features[featureOffset] = first;
        features[featureOffset + Tile.EXAMPLES] = second;
        targets[targetOffset] = first ^ second;
    }
}
