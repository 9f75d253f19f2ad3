package dev.sparkprop.data.generated;

import dev.sparkprop.data.ExampleSource;

/** Points of a plane, each in class 0 or 1: two features, one target. A point is made of the seed and its number alone. */
public interface PlaneExamples extends ExampleSource {
    /** The most examples whose shards, of the least size, can be numbered. */
    long MAX_EXAMPLES = RandomExamples.MAX_EXAMPLES;

    /** Deviation by which a point is off its place, in either direction. */
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
