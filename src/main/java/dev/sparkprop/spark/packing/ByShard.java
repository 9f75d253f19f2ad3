package dev.sparkprop.spark.packing;

import dev.sparkprop.data.Sharding;
import dev.sparkprop.spark.dataset.ShardPartitioning;
import org.apache.spark.Partitioner;

/** Sends chunks to the partition of their shard. */
final class ByShard extends Partitioner {
    private static final long serialVersionUID = 1;

    private final Sharding sharding;
    private final ShardPartitioning partitioning;

    ByShard(Sharding sharding, ShardPartitioning partitioning) {
        this.sharding = sharding;
        this.partitioning = partitioning;
    }

    @Override
    public int numPartitions() {
        return partitioning.partitions();
    }

    @Override
    public int getPartition(Object firstExample) {
        return partitioning.of((int) ((Long) firstExample / sharding.shardExamples()));
    }
}
