package dev.sparkprop.data;

import java.io.Serializable;

/**
 * The examples to learn from, or those held out for validation. The examples are cut into runs of {@code 1/fraction}, and of each
 * run one is held out, which one being drawn by its number: data that are sorted, or repeat themselves, are sampled
 * evenly. Both parts keep the order of the examples, and both ways between them are formulas, so that nothing is stored.
 *
 * @param all examples of both parts
 * @param fraction that is held out, above 0 and at most 0.5; 0 for none
 * @param seed of the draw
 * @param heldOut whether this is the part that is held out
 */
public record Part(long all, double fraction, long seed, boolean heldOut) implements Serializable {
    /** So that of each run at least one example is left. */
    public static final double MAX_FRACTION = 0.5;

    public Part {
        if (!(fraction >= 0 && fraction <= MAX_FRACTION) || heldOut && fraction == 0) {
            throw new IllegalArgumentException(
                    "Invalid fraction: " + fraction + " (must be above 0 and at most " + MAX_FRACTION + ")");
        }
    }

    /** All examples. */
    public static Part all(long examples) {
        return new Part(examples, 0, 0, false);
    }

    /** The examples of the other part. */
    public Part other() {
        return new Part(all, fraction, seed, !heldOut);
    }

    /** Examples in this part. */
    public long examples() {
        if (fraction == 0) {
            return all;
        }
        long last = run(all);
        long held = held(last) < all ? last + 1 : last;
        return heldOut ? held : all - held;
    }

    /** Position of an example in this part; −1 if it is in the other. */
    public long index(long example) {
        if (fraction == 0) {
            return example;
        }
        long run = run(example);
        long held = held(run);
        if ((example == held) != heldOut) {
            return -1;
        }
        return heldOut ? run : example - (held < example ? run + 1 : run);
    }

    /** The example at a position in this part. */
    public long example(long index) {
        if (heldOut) {
            return held(index);
        }
        if (fraction == 0) {
            return index;
        }
        // all runs before this one hold what the position says, less one each
        long run = (long) (index * fraction / (1 - fraction));
        while (start(run) - run > index) {
            run--;
        }
        while (start(run + 1) - (run + 1) <= index) {
            run++;
        }
        long example = index + run;
        return example < held(run) ? example : example + 1;
    }

    /** The run that an example is in; one of each is held out before it. */
    private long run(long example) {
        long run = (long) (example * fraction);
        while (start(run) > example) {
            run--;
        }
        while (start(run + 1) <= example) {
            run++;
        }
        return run;
    }

    /** First example of a run. */
    private long start(long run) {
        return (long) Math.ceil(run / fraction);
    }

    /** The one example of a run that is held out. */
    private long held(long run) {
        long start = start(run);
        return start + SplitMix64.of(seed, run).below((int) Math.min(Integer.MAX_VALUE, start(run + 1) - start));
    }
}
