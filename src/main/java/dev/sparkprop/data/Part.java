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
    public static Part whole(long examples) {
        return new Part(examples, 0, 0, false);
    }

    /** The examples of the other part. */
    public Part other() {
        return new Part(all, fraction, seed, !heldOut);
    }

    /** Examples in this part. */
    public long examples() {
        long held = heldBefore(all);
        return heldOut ? held : all - held;
    }

    /** Position of an example in this part; −1 if it is in the other. */
    public long index(long example) {
        long held = heldBefore(example);
        boolean isHeld = heldBefore(example + 1) > held;
        if (isHeld != heldOut) {
            return -1;
        }
        return heldOut ? held : example - held;
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

    /** Held-out examples among the first ones. */
    private long heldBefore(long examples) {
        long run = (long) (examples * fraction);
        while (start(run) > examples) {
            run--;
        }
        while (start(run + 1) <= examples) {
            run++;
        }
        return fraction > 0 && held(run) < examples ? run + 1 : run;
    }

    /** First example of a run. */
    private long start(long run) {
        return run == 0 ? 0 : fraction == 0 ? Long.MAX_VALUE : (long) Math.ceil(run / fraction);
    }

    /** The one example of a run that is held out. */
    private long held(long run) {
        long start = start(run);
        return start + SplitMix64.of(seed, run).below((int) Math.min(Integer.MAX_VALUE, start(run + 1) - start));
    }
}
