package dev.sparkprop.data;

/**
 * Random numbers that begin anywhere at once: each example has a stream of its own, named by its number, so that it is the
 * same whoever makes it (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
 */
public final class SplitMix64 {
    /** 2⁶⁴ over the golden ratio, odd: successive states are as far from each other as they can be. */
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    private SplitMix64(long state) {
        this.state = state;
    }

    /** The stream of one example. */
    public static SplitMix64 of(long seed, long example) {
        // mixed twice: streams of neighbours would otherwise be each other's, shifted by one
        return new SplitMix64(hash(mix(seed + GAMMA), example));
    }

    /** 64 bits made of two numbers; different ones of different numbers under the same key. */
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

    /** Uniform from 0 to before 1, a multiple of 2⁻²⁴. */
    public float uniform() {
        return (next() >>> 40) * 0x1p-24f;
    }

    /** Normally distributed, of mean 0 and deviation 1; StrictMath, since the same bits are wanted everywhere. */
    public double gaussian() {
        // Box and Muller's transform of two uniform numbers, the first of them above 0
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    /** One of 0, 1, …, n − 1. The bias of at most n/2³² does not matter here. */
    public int below(int n) {
        return (int) (((next() >>> 32) * n) >>> 32);
    }
}
