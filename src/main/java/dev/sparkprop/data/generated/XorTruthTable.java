package dev.sparkprop.data.generated;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Tile;

/**
 * The four rows of exclusive or, copied: example n is row n mod 4, that is (0,0)→0, (0,1)→1, (1,0)→1, (1,1)→0.
 *
 * @param copies how often the table is repeated, at least 1
 */
public record XorTruthTable(long copies) implements ExampleSource {
    private static final int ROWS = 4;

    /** The most copies whose shards of the usual size can be numbered. */
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
    public void write(long example, float[] features, int featureAt, float[] targets, int targetAt) {
        int first = (int) (example >> 1) & 1;
        int second = (int) example & 1;
        features[featureAt] = first;
        features[featureAt + Tile.EXAMPLES] = second;
        targets[targetAt] = first ^ second;
    }
}
