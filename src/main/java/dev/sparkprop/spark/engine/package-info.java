/**
 * Follow an evaluation from the driver's parameters to mean costs and gradients:
 *
 * <ol>
 * <li>{@link dev.sparkprop.spark.engine.SparkGradientSource} is the entry point. {@code FallbackGradientSource}
 * prefers resident tasks.
 * <li>{@code JobGradientSource} runs one Spark job per evaluation. It broadcasts the parameters, and one task per
 * partition runs {@code PartitionSums}. {@code Summation} adds up the resulting {@code NodeSums}, using a
 * {@code SlicedReduce} if they are large.
 * <li>{@code ResidentEngine} keeps {@code ResidentTasks} on the executors by means of a {@code ResidentJob}. The
 * tasks ask the driver for work through {@code ExecutorSide} and {@code DriverSide}, and a {@code ResidentSession}
 * collects their sums.
 * <li>Both engines divide the sums once, at the end. Decorators record times and translate failures.
 * </ol>
 *
 * <p>May import {@code spark.dataset}, {@code training} for the ledger of times, and the lower-level mathematical
 * packages.
 */
package dev.sparkprop.spark.engine;
