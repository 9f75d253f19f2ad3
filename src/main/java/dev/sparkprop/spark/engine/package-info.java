/**
 * Follow an evaluation from the driver's parameters to divided means: {@link
 * dev.sparkprop.spark.engine.SparkGradientSource} is the door; {@code FallbackGradientSource} prefers resident tasks.
 * In {@code JobGradientSource}, parameters go out in a broadcast, one task per partition runs {@code PartitionSums},
 * and {@code Summation} adds their {@code NodeSums} up, by a {@code SlicedReduce} if they are large. In {@code
 * ResidentEngine}, a {@code ResidentJob} keeps {@code ResidentTasks} on the executors; they ask the driver for work
 * through {@code ExecutorSide} and {@code DriverSide}, and a {@code ResidentSession} collects their sums. Either way
 * the sums are divided once, at the end. Timing and the translation of failures are decorators.
 *
 * <p>May import {@code spark.dataset}, {@code training} for the ledger of times, and the mathematics below.
 */
package dev.sparkprop.spark.engine;
