package dev.sparkprop.data.generated;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.SplitMix64;
import dev.sparkprop.data.Tile;

/**
 * Random examples for benchmarks. Features are uniform in [0, 1); targets are 0 or 1. Each value is a hash of the
 * seed, the number of the example and the value's position.
 *
 * @param features number of features per example, at least 1
 * @param targets number of targets per example, at least 1
 * @param kind how the targets of an example depend on each other
 * @param examples number of examples in the dataset, at least 1
 * @param seed the seed of all values
 */
public record RandomExamples(int features, int targets, Targets kind, long examples, long seed)
        implements ExampleSource {

    /** The maximum number of examples. With the smallest shards, of 256 examples, the shard numbers fit in an int. */
    public static final long MAX_EXAMPLES = 1L << 38;

    /** How the targets of an example depend on each other. */
    public enum Targets {
        /** Each target is independently 0 or 1 with equal probability. */
        INDEPENDENT,
        /** Exactly one target is 1, each with equal probability. */
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
    public void write(long example, float[] x, int xOffset, float[] t, int tOffset) {
        SplitMix64 random = SplitMix64.of(seed, example);
        for (int i = 0; i < features; i++) {
            x[xOffset + i * Tile.EXAMPLES] = random.uniform();
        }
        if (kind == Targets.ONE_OF) {
            t[tOffset + random.below(targets) * Tile.EXAMPLES] = 1f;
        } else {
            for (int o = 0; o < targets; o++) {
                t[tOffset + o * Tile.EXAMPLES] = random.below(2);
            }
        }
    }
}
