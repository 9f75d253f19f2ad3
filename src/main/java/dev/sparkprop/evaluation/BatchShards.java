package dev.sparkprop.evaluation;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.ShardGather;
import dev.sparkprop.data.Sharding;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * The examples of a batch in each shard, in ascending order. Not thread-safe.
 *
 * <p>Finding the examples takes about 50 ns per example of the batch if the batch is small, and otherwise per example
 * of the shards. Tasks exchange no data for this.
 */
public final class BatchShards {
    /**
     * The batch is listed if it has at most a quarter as many examples as the shards. Sorting a longer list costs
     * more than it saves.
     */
    private static final int MIN_EXAMPLES_PER_LISTED = 4;

    private final Batch batch;
    private final Sharding sharding;
    /**
     * The batch's examples in these shards, ascending; null if each example of the shards is looked up in
     * the batch instead.
     */
    private final long[] listed;

    private final ShardGather gather = new ShardGather();
    private int[] positions = {};

    /** Creates the batch's view of the shards [{@code fromShard}, {@code untilShard}). */
    private BatchShards(Batch batch, Sharding sharding, int fromShard, int untilShard) {
        this.batch = batch;
        this.sharding = sharding;
        long from = sharding.firstExample(fromShard);
        long until = Math.min(sharding.firstExample(untilShard), sharding.examples());
        this.listed = batch.examples() <= (until - from) / MIN_EXAMPLES_PER_LISTED
                ? LongStream.range(batch.from(), batch.until())
                        .map(batch::example)
                        .filter(example -> example >= from && example < until)
                        .sorted()
                        .toArray()
                : null;
    }

    /**
     * Returns the shards reduced to the examples of a batch, which may be none. Each shard is valid until the next
     * one is requested. For a batch of all examples, the original shards are returned.
     */
    public static IntFunction<Shard> of(
            Batch batch, Sharding sharding, int fromShard, int untilShard, IntFunction<Shard> shards) {
        if (batch.coversAllExamples()) {
            return shards;
        }
        BatchShards parts = new BatchShards(batch, sharding, fromShard, untilShard);
        return number -> parts.gather(shards.apply(number));
    }

    private Shard gather(Shard shard) {
        if (positions.length < shard.examples()) {
            positions = new int[shard.examples()];
        }
        long first = sharding.firstExample(shard.number());
        int count = listed == null ? lookUp(first, shard.examples()) : fromList(first, shard.examples());
        return gather.gather(shard, positions, count);
    }

    private int lookUp(long first, int examples) {
        int count = 0;
        for (int position = 0; position < examples; position++) {
            if (batch.contains(first + position)) {
                positions[count++] = position;
            }
        }
        return count;
    }

    private int fromList(long first, int examples) {
        int found = Arrays.binarySearch(listed, first);
        int count = 0;
        for (int i = found < 0 ? -found - 1 : found; i < listed.length && listed[i] < first + examples; i++) {
            positions[count++] = (int) (listed[i] - first);
        }
        return count;
    }
}
