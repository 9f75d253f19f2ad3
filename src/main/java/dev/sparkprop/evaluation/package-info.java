/**
 * Follow an evaluation inside one process from a {@link dev.sparkprop.evaluation.Request} to divided means: a
 * {@link dev.sparkprop.evaluation.GradientSource} takes the request; {@link dev.sparkprop.evaluation.BatchShards} picks the examples of
 * the batch from each shard; a {@link dev.sparkprop.evaluation.ShardEvaluator} runs forward and backward over them; the
 * {@link dev.sparkprop.evaluation.ReductionTree} adds the sums up in an order that follows from the data alone;
 * {@link dev.sparkprop.evaluation.Means} divides once. {@link dev.sparkprop.evaluation.LocalGradientSource} is the whole way for small
 * data, and the oracle for the engines on Spark.
 *
 * <p>May import {@code network}, {@code kernel}, {@code optimizer} and {@code data}: it is mathematics, free of Spark.
 */
package dev.sparkprop.evaluation;
