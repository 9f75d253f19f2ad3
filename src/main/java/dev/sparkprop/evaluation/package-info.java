/**
 * Follow an evaluation inside one process from a {@link dev.sparkprop.evaluation.Request} to exact means:
 *
 * <ol>
 * <li>A {@link dev.sparkprop.evaluation.GradientSource} accepts the request.
 * <li>{@link dev.sparkprop.evaluation.BatchShards} selects the examples of the batch from each shard.
 * <li>A {@link dev.sparkprop.evaluation.ShardEvaluator} runs forward and backward passes over them.
 * <li>The {@link dev.sparkprop.evaluation.ReductionTree} adds the sums in an order that depends only on the data.
 * <li>{@link dev.sparkprop.evaluation.Means} divides the sums once.
 * </ol>
 *
 * <p>{@link dev.sparkprop.evaluation.LocalGradientSource} runs all steps for small data, and is the oracle for
 * the Spark engines.
 *
 * <p>May import {@code network}, {@code kernel}, {@code optimizer} and {@code data}, because it is
 * mathematics without Spark.
 */
package dev.sparkprop.evaluation;
