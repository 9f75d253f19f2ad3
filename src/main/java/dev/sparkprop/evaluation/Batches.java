package dev.sparkprop.evaluation;

import dev.sparkprop.data.Permutation;

/**
 * The examples of each iteration. An epoch divides all examples into batches, each example once, in an order of its
 * own. The last batch of an epoch contains the remaining examples. All batches are computed from the number of the
 * iteration, so that a resumed training needs no stored state.
 *
 * @param examples number of examples in the dataset, at least 1
 * @param size number of examples per batch, at least 1; limited to {@code examples}
 * @param seed the seed of the orders
 */
public record Batches(long examples, long size, long seed) {

    public Batches {
        if (examples < 1 || size < 1) {
            throw new IllegalArgumentException(
                    "Invalid batches: size " + size + ", examples " + examples + " (both must be at least 1)");
        }
        size = Math.min(size, examples);
    }

    /** Returns batches that cover all examples in every iteration. */
    public static Batches all(long examples) {
        return new Batches(examples, examples, 0);
    }

    /** Returns true if every batch covers all examples. */
    public boolean isFullBatch() {
        return size == examples;
    }

    /** Returns the number of batches per epoch. */
    public long perEpoch() {
        return (examples - 1) / size + 1;
    }

    /** Returns the batch of an iteration. */
    public Batch at(int iteration) {
        if (isFullBatch()) {
            return Batch.all(examples);
        }
        long from = iteration % perEpoch() * size;
        return new Batch(Permutation.of(examples, seed, iteration / perEpoch()), from, Math.min(from + size, examples));
    }

    /**
     * Returns the number of examples in the batches of the first iterations. An example counts once per batch
     * that contains it.
     */
    public long examplesIn(long iterations) {
        return iterations / perEpoch() * examples + iterations % perEpoch() * size;
    }
}
