package dev.sparkprop.data.generated;

import dev.sparkprop.data.SplitMix64;
import dev.sparkprop.data.Tile;

/** Shared code of the generators of points in a plane. */
final class Plane {
    private Plane() {}

    /** Rejects an invalid number of examples or an invalid noise. */
    static void check(long examples, double noise) {
        if (examples < 1 || examples > PlaneExamples.MAX_EXAMPLES) {
            throw new IllegalArgumentException(
                    "Invalid examples: " + examples + " (must be 1 to " + PlaneExamples.MAX_EXAMPLES + ")");
        }
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException("Invalid noise: " + noise + " (must be >= 0)");
        }
    }

    /** Writes a point with Gaussian noise added to both coordinates. */
    static void write(double x, double y, double noise, SplitMix64 random, float[] features, int featureOffset) {
        features[featureOffset] = (float) (x + noise * random.gaussian());
        features[featureOffset + Tile.EXAMPLES] = (float) (y + noise * random.gaussian());
    }

    /** Writes the point with the given polar coordinates, with Gaussian noise added to both Cartesian coordinates. */
    static void writePolar(
            double angle, double radius, double noise, SplitMix64 random, float[] features, int featureOffset) {
        write(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle), noise, random, features, featureOffset);
    }
}
