package dev.sparkprop.data;

import java.io.Serializable;
import java.util.OptionalInt;

/**
 * How a dataset is cut into shards: by the data alone, never by the cluster, since the shard is the unit in which sums
 * are formed and so decides the bits of a result.
 *
 * @param examples examples in the dataset, at least 1
 * @param shardExamples examples in each shard but the last, a positive multiple of {@value Tile#EXAMPLES}
 */
public record Sharding(long examples, int shardExamples) implements Serializable {
    /** A shard's arrays stay below this, so that neither a cache nor a garbage collector meets a huge object. */
    private static final int MAX_SHARD_BYTES = 8 << 20;

    /** More examples than this in a shard save nothing: the work of adding up its sums is already below 0.1 %. */
    private static final int MAX_SHARD_EXAMPLES = 64 * Tile.EXAMPLES;

    /** The driver keeps eight bytes of each shard, and sends them to the executors: a gigabyte. */
    static final int MAX_SHARDS = 1 << 27;

    /** Of a batch in each shard, if 8 MiB are enough: the empty rest of a tile takes as long as examples, and each shard has one. */
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
                    examples + " examples would make more than " + MAX_SHARDS + " shards");
        }
    }

    /** The usual sharding: the largest power of two of tiles that keeps a shard below 8 MiB and 16,384 examples. */
    public static Sharding of(ExampleSource source) {
        return of(source.examples(), source.bytesPerExample(), OptionalInt.empty(), OptionalInt.empty());
    }

    /**
     * A sharding of examples of a size.
     *
     * @param wanted examples in a shard; if empty, the usual number, or for batches of which four tiles in each such shard would
     *     not be full, as many as that takes within 8 MiB
     * @param batch examples that are summed up at a time, if not all
     */
    public static Sharding of(long examples, long bytesPerExample, OptionalInt wanted, OptionalInt batch) {
        if (wanted.isPresent()) {
            return of(examples, bytesPerExample, wanted.getAsInt());
        }
        long most = MAX_SHARD_EXAMPLES;
        if (batch.isPresent()) {
            most = Math.max(most, BATCH_EXAMPLES * examples / batch.getAsInt());
        }
        long shardExamples = Math.min(most, MAX_SHARD_BYTES / bytesPerExample);
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

    /** Number of shards. */
    public int shards() {
        return (int) ((examples - 1) / shardExamples) + 1;
    }

    /** Number of the first example of a shard. */
    public long firstExample(int shard) {
        return (long) shard * shardExamples;
    }

    /** Examples in a shard: all the same but for the last. */
    public int examplesIn(int shard) {
        return (int) Math.min(shardExamples, examples - firstExample(shard));
    }
}
