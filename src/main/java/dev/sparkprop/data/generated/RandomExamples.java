package dev.sparkprop.data.generated;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.SplitMix64;
import dev.sparkprop.data.Tile;

/**
 * Examples that mean nothing, for measuring: features uniform from 0 (included) to 1 (excluded), targets of 0 or 1. Each value is
 * a hash of the seed, the number of the example and its own position.
 *
 * @param features of one example, at least 1
 * @param targets of one example, at least 1
 * @param kind of the targets
 * @param examples in the dataset, at least 1
 * @param seed of all values
 */
public record RandomExamples(int features, int targets, Targets kind, long examples, long seed)
        implements ExampleSource {

    /** The most examples whose shards, of the least size, can be numbered. */
    public static final long MAX_EXAMPLES = 1L << 38;

    /** How the targets of an example hang together. */
    public enum Targets {
        /** Each is 0 or 1, with equal chances. */
        INDEPENDENT,
        /** One of them is 1, any of them with equal chances. */
        ONE_OF
    }

    public RandomExamples {
        if (features < 1 || targets < 1 || examples < 1 || examples > MAX_EXAMPLES) {
            throw new IllegalArgumentException(
                    "Invalid random examples: " + examples + " with " + features + " features and " + targets
                            + " targets (all must be at least 1, examples at most " + MAX_EXAMPLES + ")");
        }
    }

    @Override
    public void write(long example, float[] x, int xAt, float[] t, int tAt) {
        SplitMix64 random = SplitMix64.of(seed, example);
        for (int i = 0; i < features; i++) {
            x[xAt + i * Tile.EXAMPLES] = random.uniform();
        }
        if (kind == Targets.ONE_OF) {
            t[tAt + random.below(targets) * Tile.EXAMPLES] = 1f;
        } else {
            for (int o = 0; o < targets; o++) {
                t[tAt + o * Tile.EXAMPLES] = random.below(2);
            }
        }
    }
}
