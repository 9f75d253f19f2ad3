package dev.sparkprop.data.generated;

import dev.sparkprop.data.ExampleSource;

/**
 * Points in a plane, each in class 0 or 1: two features, one target. Each point depends only on the seed
 * and its number.
 */
public interface PlaneExamples extends ExampleSource {
    /** The maximum number of examples. With the smallest shards, the shard numbers fit in an int. */
    long MAX_EXAMPLES = RandomExamples.MAX_EXAMPLES;

    /** Returns the standard deviation of the noise along each axis. */
    double noise();

    @Override
    default int features() {
        return 2;
    }

    @Override
    default int targets() {
        return 1;
    }
}
