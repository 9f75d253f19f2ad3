package dev.sparkprop.evaluation;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.ShardGather;
import dev.sparkprop.data.Sharding;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * The part of each shard that is in a batch, in ascending order of examples. Belongs to one thread.
 *
 * <p>Finding the examples takes a permutation's step of some 50 ns for each example of the batch, or of the shards, whichever are
 * fewer; nothing goes from one task to another.
 */
public final class BatchShards {
    /** Shares of the examples of a run of shards that are listed: beyond it the list takes longer to sort than it saves. */
    private static final int LISTED_SHARE = 4;

    private final Batch batch;
    private final Sharding sharding;
    /** The batch's examples in these shards, ascending, or null where each example is looked up in the batch instead. */
    private final long[] listed;

    private final ShardGather gather = new ShardGather();
    private int[] positions = {};

    /** For a run of shards of a dataset, from one to before another. */
    private BatchShards(Batch batch, Sharding sharding, int fromShard, int untilShard) {
        this.batch = batch;
        this.sharding = sharding;
        long from = sharding.firstExample(fromShard);
        long until = Math.min(sharding.firstExample(untilShard), sharding.examples());
        this.listed = batch.examples() <= (until - from) / LISTED_SHARE
                ? LongStream.range(batch.from(), batch.until())
                        .map(batch::example)
                        .filter(example -> example >= from && example < until)
                        .sorted()
                        .toArray()
                : null;
    }

    /**
     * The shards as a batch sees them: their examples in it, perhaps none, in a shard that is valid until the next one is asked
     * for. Of a whole batch they are the shards themselves.
     */
    public static IntFunction<Shard> of(
            Batch batch, Sharding sharding, int fromShard, int untilShard, IntFunction<Shard> shards) {
        if (batch.isWhole()) {
            return shards;
        }
        BatchShards parts = new BatchShards(batch, sharding, fromShard, untilShard);
        return number -> parts.part(shards.apply(number));
    }

    private Shard part(Shard shard) {
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
