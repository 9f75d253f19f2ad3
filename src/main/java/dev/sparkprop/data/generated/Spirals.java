package dev.sparkprop.data.generated;

import dev.sparkprop.data.SplitMix64;

/**
 * Points on two spiral arms that wind around each other from the origin to radius 1, half a turn apart. Even
 * examples are on the first arm, in class 0; odd examples are on the second, in class 1. The radius of the points
 * is uniformly distributed.
 *
 * @param examples number of examples in the dataset, at least 1
 * @param noise standard deviation of a point from its arm along each axis, at least 0
 * @param turns number of turns of each arm from its inner to its outer end, more than 0
 * @param seed the seed of all points
 */
public record Spirals(long examples, double noise, double turns, long seed) implements PlaneExamples {
    public Spirals {
        Plane.check(examples, noise);
        if (!(turns > 0) || Double.isInfinite(turns)) {
            throw new IllegalArgumentException("Invalid turns: " + turns + " (must be > 0)");
        }
    }

    @Override
    public void write(long example, float[] features, int featureOffset, float[] targets, int targetOffset) {
        SplitMix64 random = SplitMix64.of(seed, example);
        int arm = (int) example & 1;
        double radius = random.uniform();
        double angle = StrictMath.PI * (2 * turns * radius + arm);
        Plane.writePolar(angle, radius, noise, random, features, featureOffset);
        targets[targetOffset] = arm;
    }
}
