package dev.sparkprop.evaluation;

import dev.sparkprop.data.Permutation;
import java.io.Serializable;

/**
 * The examples of one evaluation: a range of positions in a permutation of all examples.
 *
 * @param order permutation of the dataset's examples
 * @param from first position
 * @param until position after the last, above {@code from}
 */
public record Batch(Permutation order, long from, long until) implements Serializable {

    public Batch {
        if (from < 0 || until <= from || until > order.size()) {
            throw new IllegalArgumentException(
                    "Invalid batch: positions " + from + " to " + until + " of " + order.size() + " examples");
        }
    }

    /** Returns a batch of all examples of a dataset. */
    public static Batch all(long examples) {
        return new Batch(new Permutation(examples, 0), 0, examples);
    }

    /** Returns true if this batch covers all examples of the dataset. */
    public boolean coversAllExamples() {
        return examples() == order.size();
    }

    /** Returns the number of examples. */
    public long examples() {
        return until - from;
    }

    /** Returns the number of the example at a position in [{@link #from}, {@link #until}). */
    long example(long position) {
        return order.at(position);
    }

    /** Returns true if the batch contains an example. */
    public boolean contains(long example) {
        long position = order.positionOf(example);
        return position >= from && position < until;
    }
}
