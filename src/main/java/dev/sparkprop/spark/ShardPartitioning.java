package dev.sparkprop.spark;

import dev.sparkprop.data.Sharding;
import dev.sparkprop.training.ReductionTree;
import dev.sparkprop.training.ReductionTree.Node;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Consecutive shards dealt out to partitions, as evenly as whole shards allow.
 *
 * @param shards number of shards
 * @param partitions number of partitions; beyond the number of shards, some are empty
 */
record ShardPartitioning(int shards, int partitions) implements Serializable {

    /** A partition above this would not fit the memory of a small executor beside the others that it works on. */
    private static final long MAX_PARTITION_BYTES = 128L << 20;

    /**
     * The partitioning of examples of a size.
     *
     * @param wanted number of partitions; if empty, one for each core, or several where one would exceed 128 MiB
     */
    static ShardPartitioning of(JavaSparkContext context, Sharding sharding, long bytesPerExample, OptionalInt wanted) {
        return new ShardPartitioning(
                sharding.shards(), wanted.orElseGet(() -> usual(context, sharding, bytesPerExample)));
    }

    private static int usual(JavaSparkContext context, Sharding sharding, long bytesPerExample) {
        long bySize = (sharding.examples() - 1) / Math.max(1, MAX_PARTITION_BYTES / bytesPerExample) + 1;
        int cores = context.defaultParallelism();
        // a multiple of the cores: with three partitions on two of them, one would be idle half of the time;
        // by a power of two: then most partitions are one node of the reduction tree, and send one sum instead of
        // several
        long rounds = Long.highestOneBit(2 * ((bySize - 1) / cores + 1) - 1);
        return (int) Math.min(sharding.shards(), rounds * cores);
    }

    /** The partition of a shard. */
    int of(int shard) {
        return (int) (((shard + 1L) * partitions - 1) / shards);
    }

    /** First shard of a partition. */
    int from(int partition) {
        return (int) ((long) partition * shards / partitions);
    }

    /** The shard after a partition's last. */
    int until(int partition) {
        return from(partition + 1);
    }

    /** The nodes of the reduction tree that a partition can sum up alone, in the order of its shards. */
    List<Node> nodes(int partition) {
        return new ReductionTree(shards).cover(from(partition), until(partition));
    }
}
