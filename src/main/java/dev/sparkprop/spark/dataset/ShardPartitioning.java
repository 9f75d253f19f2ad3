package dev.sparkprop.spark.dataset;

import dev.sparkprop.data.Sharding;
import dev.sparkprop.evaluation.ReductionTree;
import dev.sparkprop.evaluation.ReductionTree.Node;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Assigns consecutive shards to partitions, as evenly as whole shards allow.
 *
 * @param shards the number of shards
 * @param partitions the number of partitions; if it exceeds the number of shards, some partitions are empty
 */
public record ShardPartitioning(int shards, int partitions) implements Serializable {

    /** Partitions are not made smaller than this, even for small executors. */
    private static final long SMALL_PARTITION_BYTES = 128L << 20;

    /** The maximum that a configuration may request: the driver keeps a record of each task. */
    private static final int MAX_PARTITIONS = 100_000;

    /** Number of partitions that should fit in a core's share of the memory for cached data. */
    private static final int PARTITIONS_PER_CORE_CACHE = 4;

    /**
     * Returns the partitioning of examples of the given size. By default, there is one partition per core, or several
     * per core if a partition would otherwise be too large. A partition is too large if it exceeds both 128 MiB and a
     * quarter of a core's share of the memory for cached data.
     *
     * @param requestedPartitions the number of partitions, or empty for the default
     */
    public static ShardPartitioning of(
            JavaSparkContext context, Sharding sharding, long bytesPerExample, OptionalInt requestedPartitions) {
        return new ShardPartitioning(
                sharding.shards(),
                requestedPartitions.orElseGet(() -> defaultPartitions(context, sharding, bytesPerExample)));
    }

    private static int defaultPartitions(JavaSparkContext context, Sharding sharding, long bytesPerExample) {
        return defaultPartitions(sharding, bytesPerExample, TaskSlots.of(context), cacheBytes(context));
    }

    /**
     * Returns the default number of partitions: one per core, or several per core.
     *
     * @param cacheBytes the memory for cached data of all cores together
     */
    static int defaultPartitions(Sharding sharding, long bytesPerExample, int cores, long cacheBytes) {
        long maxPartitionBytes = Math.max(SMALL_PARTITION_BYTES, cacheBytes / cores / PARTITIONS_PER_CORE_CACHE);
        long bySize = (sharding.examples() - 1) / Math.max(1, maxPartitionBytes / bytesPerExample) + 1;
        // A multiple of the number of cores: with three partitions on two cores, one core would be idle half of the
        // time. The factor is a power of two: most partitions then are one node of the reduction tree, and send one
        // sum instead of several.
        long rounds = Long.highestOneBit(2 * ((bySize - 1) / cores + 1) - 1);
        long maxRounds = Long.highestOneBit(Math.max(1, MAX_PARTITIONS / cores));
        return (int) Math.min(sharding.shards(), Math.min(rounds, maxRounds) * cores);
    }

    /**
     * Returns the executors' memory for cached data in bytes, assuming that each executor has as much as the
     * smallest. In local mode, the driver counts as the executor.
     */
    private static long cacheBytes(JavaSparkContext context) {
        SparkExecutorInfo[] all = context.sc().statusTracker().getExecutorInfos();
        long smallest = Arrays.stream(all)
                .mapToLong(SparkExecutorInfo::totalOnHeapStorageMemory)
                .min()
                .orElse(0);
        return smallest * Math.max(1, all.length - 1);
    }

    /** Returns the partition of a shard. */
    public int of(int shard) {
        return (int) (((shard + 1L) * partitions - 1) / shards);
    }

    /** Returns the first shard of a partition. */
    public int from(int partition) {
        return (int) ((long) partition * shards / partitions);
    }

    /** Returns the shard after the last shard of a partition. */
    public int until(int partition) {
        return from(partition + 1);
    }

    /** Returns the nodes of the reduction tree that a partition can sum alone, in the order of its shards. */
    public List<Node> nodes(int partition) {
        return nodes(new ShardRange(from(partition), until(partition)));
    }

    /** Returns the nodes of the reduction tree that cover a range of shards, in their order. */
    public List<Node> nodes(ShardRange range) {
        return new ReductionTree(shards).cover(range.from(), range.until());
    }

    /**
     * Consecutive shards.
     *
     * @param from the first shard
     * @param until the shard after the last
     */
    public record ShardRange(int from, int until) {}

    /** Returns the shards of ascending partitions, with one range for all partitions that follow one another. */
    public List<ShardRange> ranges(List<Integer> ascending) {
        List<ShardRange> ranges = new ArrayList<>();
        for (int partition : ascending) {
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).until() == from(partition)) {
                ranges.set(last, new ShardRange(ranges.get(last).from(), until(partition)));
            } else {
                ranges.add(new ShardRange(from(partition), until(partition)));
            }
        }
        return ranges;
    }
}
