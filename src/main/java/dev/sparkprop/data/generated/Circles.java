package dev.sparkprop.data.generated;

import dev.sparkprop.data.SplitMix64;

/**
 * Points on two circles around the origin. Even examples are on the outer circle, of radius 1, in class 0. Odd
 * examples are on the inner circle, of radius 1/2, in class 1.
 *
 * @param examples number of examples in the dataset, at least 1
 * @param noise standard deviation of a point from its circle along each axis, at least 0
 * @param seed the seed of all points
 */
public record Circles(long examples, double noise, long seed) implements PlaneExamples {
    public Circles {
        Plane.check(examples, noise);
    }

    @Override
    public void write(long example, float[] features, int featureOffset, float[] targets, int targetOffset) {
        SplitMix64 random = SplitMix64.of(seed, example);
        int inner = (int) example & 1;
        double angle = 2 * StrictMath.PI * random.uniform();
        Plane.writePolar(angle, inner == 1 ? 0.5 : 1, noise, random, features, featureOffset);
        targets[targetOffset] = inner;
    }
}
