package dev.sparkprop.spark;

import dev.sparkprop.training.ReductionTree;
import dev.sparkprop.training.ReductionTree.Node;
import java.io.Serializable;
import java.util.List;

/**
 * Consecutive shards dealt out to partitions, as evenly as whole shards allow.
 *
 * @param shards number of shards
 * @param partitions number of partitions; beyond the number of shards, some are empty
 */
record ShardPartitioning(int shards, int partitions) implements Serializable {

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
