package dev.sparkprop.data.generated;

import dev.sparkprop.data.SplitMix64;

/**
 * Points around the corners of the unit square. The class is 1 if the coordinates of the corner differ, else 0; a
 * fraction of the points has the wrong class. Example n belongs to corner n mod 4, in the order of the truth table.
 *
 * @param examples number of examples in the dataset, at least 1
 * @param noise standard deviation of a point from its corner along each axis, at least 0
 * @param flip probability that a class is wrong, from 0 to 1
 * @param seed the seed of all points
 */
public record NoisyXor(long examples, double noise, double flip, long seed) implements PlaneExamples {
    public NoisyXor {
        Plane.check(examples, noise);
        if (!(flip >= 0 && flip <= 1)) {
            throw new IllegalArgumentException("Invalid flip: " + flip + " (must be from 0 to 1)");
        }
    }

    @Override
    public void write(long example, float[] features, int featureOffset, float[] targets, int targetOffset) {
        SplitMix64 random = SplitMix64.of(seed, example);
        int first = (int) (example >> 1) & 1;
        int second = (int) example & 1;
        Plane.write(first, second, noise, random, features, featureOffset);
        int flipped = random.uniform() < flip ? 1 : 0;
        targets[targetOffset] = first ^ second ^ flipped;
    }
}
