package dev.sparkprop.data;

/**
 * A random number generator with an independent stream per example (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", 2014). A stream is identified by the number of its example, so that every machine
 * generates the same values.
 */
public final class SplitMix64 {
    /**
     * 2⁶⁴ divided by the golden ratio, rounded to an odd number: spreads successive states as far apart as possible.
     */
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    private SplitMix64(long state) {
        this.state = state;
    }

    /** Returns the stream of one example. */
    public static SplitMix64 of(long seed, long example) {
        // mixed twice: otherwise, the streams of consecutive examples would be the same sequence shifted by one
        return new SplitMix64(hash(mix(seed + GAMMA), example));
    }

    /** Returns a 64-bit hash of two numbers. With the same key, different numbers have different hashes. */
    static long hash(long key, long number) {
        return mix(key + (number + 1) * GAMMA);
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    long next() {
        state += GAMMA;
        return mix(state);
    }

    /** Returns a uniform number in [0, 1), a multiple of 2⁻²⁴. */
    public float uniform() {
        return (next() >>> 40) * 0x1p-24f;
    }

    /**
     * Returns a normally distributed number with mean 0 and deviation 1. StrictMath gives the same bits
     * on every machine.
     */
    public double gaussian() {
        // Box-Muller transform of two uniform numbers; the first number is above 0
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    /** Returns one of 0, 1, …, n − 1. The bias, at most n/2³², is negligible here. */
    public int below(int n) {
        return (int) (((next() >>> 32) * n) >>> 32);
    }
}
