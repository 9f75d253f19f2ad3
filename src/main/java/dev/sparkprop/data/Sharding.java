package dev.sparkprop.data;

import java.io.Serializable;
import java.util.OptionalInt;

/**
 * How a dataset is divided into shards. The division depends on the data alone, never on the cluster: sums are formed
 * per shard, so the division determines the bits of a result.
 *
 * @param examples number of examples in the dataset, at least 1
 * @param shardExamples number of examples in each shard except the last, a positive multiple
 *     of {@value Tile#EXAMPLES}
 */
public record Sharding(long examples, int shardExamples) implements Serializable {
    /** Maximum size of a shard's arrays. Larger arrays would burden caches and the garbage collector. */
    private static final int MAX_SHARD_BYTES = 8 << 20;

    /**
     * Maximum number of examples per shard. Larger shards save nothing: adding up the sums already takes less than
     * 0.1 % of the time.
     */
    private static final int MAX_SHARD_EXAMPLES = 64 * Tile.EXAMPLES;

    /** Maximum number of shards. The driver keeps eight bytes per shard and sends them to the executors: 1 GiB. */
    static final int MAX_SHARDS = 1 << 27;

    /**
     * Number of batch examples per shard to aim for. Each shard pads its last tile, and padding takes as long to
     * compute as examples.
     */
    private static final long BATCH_EXAMPLES = 4 * Tile.EXAMPLES;

    public Sharding {
        if (examples < 1) {
            throw new InvalidValueException("examples", examples, "must be at least 1");
        }
        if (shardExamples < Tile.EXAMPLES || shardExamples % Tile.EXAMPLES != 0) {
            throw new InvalidValueException(
                    "shard-examples", shardExamples, "must be a positive multiple of " + Tile.EXAMPLES);
        }
        if ((examples - 1) / shardExamples >= MAX_SHARDS) {
            throw new InvalidValueException(
                    "shard-examples",
                    shardExamples,
                    examples + " examples would require more than " + MAX_SHARDS + " shards");
        }
    }

    /**
     * Returns the default sharding: the largest power of two of tiles within 8 MiB and 16,384 examples, at
     * least one tile.
     */
    public static Sharding of(ExampleSource source) {
        return of(source.examples(), source.bytesPerExample(), OptionalInt.empty(), OptionalInt.empty());
    }

    /**
     * Returns a sharding for examples of a given size.
     *
     * @param requestedShardExamples the number of examples per shard. If it is empty, the default size is used. For
     *     batches that would fill less than four tiles of each such shard, shards are larger: large enough to contain
     *     four tiles of a batch, but within 8 MiB.
     * @param batch the number of examples in a batch, or empty if each evaluation covers all examples
     */
    public static Sharding of(
            long examples, long bytesPerExample, OptionalInt requestedShardExamples, OptionalInt batch) {
        if (requestedShardExamples.isPresent()) {
            return of(examples, bytesPerExample, requestedShardExamples.getAsInt());
        }
        long maxShardExamples = MAX_SHARD_EXAMPLES;
        if (batch.isPresent()) {
            maxShardExamples = Math.max(maxShardExamples, BATCH_EXAMPLES * examples / batch.getAsInt());
        }
        long shardExamples = Math.min(maxShardExamples, MAX_SHARD_BYTES / bytesPerExample);
        return new Sharding(examples, (int) Math.max(Tile.EXAMPLES, Long.highestOneBit(Math.max(1, shardExamples))));
    }

    private static Sharding of(long examples, long bytesPerExample, int shardExamples) {
        if (shardExamples * bytesPerExample > Integer.MAX_VALUE) {
            throw new InvalidValueException(
                    "shard-examples",
                    shardExamples,
                    "at " + bytesPerExample + " bytes each, must be at most " + Integer.MAX_VALUE / bytesPerExample);
        }
        return new Sharding(examples, shardExamples);
    }

    /** Returns the number of shards. */
    public int shards() {
        return (int) ((examples - 1) / shardExamples) + 1;
    }

    /** Returns the number of the first example of a shard. */
    public long firstExample(int shard) {
        return (long) shard * shardExamples;
    }

    /** Returns the number of examples in a shard. All shards except the last have the same number. */
    public int examplesIn(int shard) {
        return (int) Math.min(shardExamples, examples - firstExample(shard));
    }
}
