package dev.sparkprop.spark.dataset;

import dev.sparkprop.data.Sharding;
import dev.sparkprop.evaluation.ReductionTree;
import dev.sparkprop.evaluation.ReductionTree.Node;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Consecutive shards dealt out to partitions, as evenly as whole shards allow.
 *
 * @param shards number of shards
 * @param partitions number of partitions; beyond the number of shards, some are empty
 */
public record ShardPartitioning(int shards, int partitions) implements Serializable {

    /** Partitions are not made smaller than this, however small the executors. */
    private static final long SMALL_PARTITION_BYTES = 128L << 20;

    /** As many as a configuration may ask for: the driver keeps a record of each task. */
    private static final int MAX_PARTITIONS = 100_000;

    /** Partitions of each core that its share of the memory for cached data has room for. */
    private static final int ROOM = 4;

    /**
     * The partitioning of examples of a size.
     *
     * @param wanted number of partitions; if empty, one for each core, or several where one would exceed
     *     128 MiB and a quarter of a core's share of the memory for cached data
     */
    public static ShardPartitioning of(
            JavaSparkContext context, Sharding sharding, long bytesPerExample, OptionalInt wanted) {
        return new ShardPartitioning(
                sharding.shards(), wanted.orElseGet(() -> usual(context, sharding, bytesPerExample)));
    }

    private static int usual(JavaSparkContext context, Sharding sharding, long bytesPerExample) {
        return usual(sharding, bytesPerExample, TaskSlots.of(context), cacheBytes(context));
    }

    /**
     * One partition for each core, or several.
     *
     * @param cacheBytes that all cores have for cached data
     */
    static int usual(Sharding sharding, long bytesPerExample, int cores, long cacheBytes) {
        long room = Math.max(SMALL_PARTITION_BYTES, cacheBytes / cores / ROOM);
        long bySize = (sharding.examples() - 1) / Math.max(1, room / bytesPerExample) + 1;
        // a multiple of the cores: with three partitions on two of them, one would be idle half of the time;
        // by a power of two: then most partitions are one node of the reduction tree, and send one sum instead of
        // several
        long rounds = Long.highestOneBit(2 * ((bySize - 1) / cores + 1) - 1);
        long most = Long.highestOneBit(Math.max(1, MAX_PARTITIONS / cores));
        return (int) Math.min(sharding.shards(), Math.min(rounds, most) * cores);
    }

    /** Bytes that executors have for cached data, if each has as many as the smallest; the driver is one of them in local mode. */
    private static long cacheBytes(JavaSparkContext context) {
        SparkExecutorInfo[] all = context.sc().statusTracker().getExecutorInfos();
        long smallest = Arrays.stream(all)
                .mapToLong(SparkExecutorInfo::totalOnHeapStorageMemory)
                .min()
                .orElse(0);
        return smallest * Math.max(1, all.length - 1);
    }

    /** The partition of a shard. */
    public int of(int shard) {
        return (int) (((shard + 1L) * partitions - 1) / shards);
    }

    /** First shard of a partition. */
    public int from(int partition) {
        return (int) ((long) partition * shards / partitions);
    }

    /** The shard after a partition's last. */
    public int until(int partition) {
        return from(partition + 1);
    }

    /** The nodes of the reduction tree that a partition can sum up alone, in the order of its shards. */
    public List<Node> nodes(int partition) {
        return new ReductionTree(shards).cover(from(partition), until(partition));
    }
}
