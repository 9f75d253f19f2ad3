package dev.sparkprop.evaluation;

import dev.sparkprop.data.Permutation;
import java.io.Serializable;

/**
 * The examples that one evaluation is over: a run of positions in an order of all examples.
 *
 * @param order of the examples of the dataset
 * @param from first position
 * @param until the position after the last, above {@code from}
 */
public record Batch(Permutation order, long from, long until) implements Serializable {

    public Batch {
        if (from < 0 || until <= from || until > order.size()) {
            throw new IllegalArgumentException(
                    "Invalid batch: positions " + from + " to " + until + " of " + order.size() + " examples");
        }
    }

    /** All examples of a dataset. */
    public static Batch all(long examples) {
        return new Batch(new Permutation(examples, 0), 0, examples);
    }

    /** Whether it is all examples of the dataset. */
    public boolean isWhole() {
        return examples() == order.size();
    }

    /** Number of examples. */
    public long examples() {
        return until - from;
    }

    /** Number of the example at a position, from {@link #from} to before {@link #until}. */
    long example(long position) {
        return order.at(position);
    }

    /** Whether an example is in it. */
    public boolean contains(long example) {
        long position = order.positionOf(example);
        return position >= from && position < until;
    }
}
