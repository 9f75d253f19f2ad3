package dev.sparkprop.evaluation;

import dev.sparkprop.data.Permutation;

/**
 * Which examples each iteration is over. An epoch deals all examples out to batches, each example once, in an order of its
 * own; the last batch of an epoch holds what is left. All follows from the number of the iteration, so that a training that
 * goes on needs to remember nothing of it.
 *
 * @param examples in the dataset, at least 1
 * @param size examples in a batch, at least 1; all of them if it is not below {@code examples}
 * @param seed of the orders
 */
public record Batches(long examples, long size, long seed) {

    public Batches {
        if (examples < 1 || size < 1) {
            throw new IllegalArgumentException(
                    "Invalid batches: of " + size + " of " + examples + " examples (both must be at least 1)");
        }
        size = Math.min(size, examples);
    }

    /** Every iteration over all examples. */
    public static Batches all(long examples) {
        return new Batches(examples, examples, 0);
    }

    /** Whether every batch is all examples. */
    public boolean isWhole() {
        return size == examples;
    }

    /** Batches in an epoch. */
    public long perEpoch() {
        return (examples - 1) / size + 1;
    }

    /** The batch of an iteration. */
    public Batch at(int iteration) {
        if (isWhole()) {
            return Batch.all(examples);
        }
        long from = iteration % perEpoch() * size;
        return new Batch(Permutation.of(examples, seed, iteration / perEpoch()), from, Math.min(from + size, examples));
    }

    /** Examples in the batches of the first iterations, each counted as often as it was in one. */
    public long examplesIn(long iterations) {
        return iterations / perEpoch() * examples + iterations % perEpoch() * size;
    }
}
