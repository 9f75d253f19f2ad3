package dev.sparkprop.data;

import java.io.Serializable;

/**
 * The training examples of a dataset, or the examples held out for validation. The dataset is divided into runs of
 * {@code 1/fraction} examples. One example of each run is held out, drawn at random by the number of the run. Sorted
 * or periodic data are therefore sampled evenly. Both parts keep the order of the examples. The mapping is computed
 * in both directions, so nothing is stored.
 *
 * @param total number of examples in both parts
 * @param fraction fraction of the examples to hold out, above 0 and at most 0.5; 0 for none
 * @param seed the seed of the draw
 * @param heldOut whether this part contains the held-out examples
 */
public record Part(long total, double fraction, long seed, boolean heldOut) implements Serializable {
    /** Leaves at least one example of each full run for training. */
    public static final double MAX_FRACTION = 0.5;

    public Part {
        if (!(fraction >= 0 && fraction <= MAX_FRACTION) || heldOut && fraction == 0) {
            throw new IllegalArgumentException(
                    "Invalid fraction: " + fraction + " (must be above 0 and at most " + MAX_FRACTION + ")");
        }
    }

    /** Returns the part that contains all examples. */
    public static Part all(long examples) {
        return new Part(examples, 0, 0, false);
    }

    /** Returns the other part. */
    public Part other() {
        return new Part(total, fraction, seed, !heldOut);
    }

    /** Returns the number of examples in this part. */
    public long examples() {
        if (fraction == 0) {
            return total;
        }
        long last = run(total);
        long heldOutExamples = heldOutInRun(last) < total ? last + 1 : last;
        return heldOut ? heldOutExamples : total - heldOutExamples;
    }

    /** Returns the position of an example in this part, or −1 if it is in the other part. */
    public long index(long example) {
        if (fraction == 0) {
            return example;
        }
        long run = run(example);
        long held = heldOutInRun(run);
        if ((example == held) != heldOut) {
            return -1;
        }
        return heldOut ? run : example - (held < example ? run + 1 : run);
    }

    /** Returns the example at a position in this part. */
    public long example(long index) {
        if (heldOut) {
            return heldOutInRun(index);
        }
        if (fraction == 0) {
            return index;
        }
        // the last run with at most index training examples before it; each earlier run has one held-out example
        long run = (long) (index * fraction / (1 - fraction));
        while (start(run) - run > index) {
            run--;
        }
        while (start(run + 1) - (run + 1) <= index) {
            run++;
        }
        long example = index + run;
        return example < heldOutInRun(run) ? example : example + 1;
    }

    /** Returns the run of an example, which is also the number of examples held out in earlier runs. */
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

    /** Returns the first example of a run. */
    private long start(long run) {
        return (long) Math.ceil(run / fraction);
    }

    /** Returns the held-out example of a run. */
    private long heldOutInRun(long run) {
        long start = start(run);
        return start + SplitMix64.of(seed, run).below((int) Math.min(Integer.MAX_VALUE, start(run + 1) - start));
    }
}
