/**
 * Follow a shard from its description to the executors' memory: {@code ShardPartitioning} deals shards out to Spark's
 * partitions, as many as {@code TaskSlots} suggests; {@link dev.sparkprop.spark.dataset.ShardedDataset} packs them
 * there, caches them, and compares each with what it was whenever one must be packed again. {@code SentParameters} go
 * out to them with each job; {@code TaskFailures} names the shards of tasks that failed.
 *
 * <p>May import {@code data} and, for the order of sums, {@code evaluation}. The lowest room that knows Spark.
 */
package dev.sparkprop.spark.dataset;
