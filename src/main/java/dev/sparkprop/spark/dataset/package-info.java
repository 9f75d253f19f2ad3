/**
 * Follow a shard from its description to the executors' memory:
 *
 * <ol>
 * <li>{@code ShardPartitioning} assigns shards to Spark's partitions, whose default number depends on
 * {@code TaskSlots}.
 * <li>{@link dev.sparkprop.spark.dataset.ShardedDataset} packs the shards on the executors and caches them. If a
 * shard must be packed again, it is compared with the first result.
 * <li>{@code SentParameters} are sent to the tasks of each job.
 * <li>{@code TaskFailures} names the shards of failed tasks.
 * </ol>
 *
 * <p>May import {@code data} and, for the order of sums, {@code evaluation}. This is the lowest package that depends
 * on Spark.
 */
package dev.sparkprop.spark.dataset;
