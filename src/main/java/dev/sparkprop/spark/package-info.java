/**
 * Follow a connection to Spark from a user's settings to the executors:
 *
 * <ol>
 * <li>{@code SparkSettings} pins, keeps or rejects the user's settings.
 * <li>{@link dev.sparkprop.spark.SparkConnection} starts Spark and waits for executors. A {@code Watchdog} limits the
 * waiting time.
 * <li>{@code StartFailures} explains why Spark did not start.
 * <li>{@link dev.sparkprop.spark.JobProgress} reports the progress of running jobs.
 * </ol>
 *
 * <p>The subpackages contain the data flows that use a connection.
 *
 * <p>May import {@code spark.engine}, for the plugin that Spark has to load, {@code spark.dataset} and
 * {@code kernel}.
 */
package dev.sparkprop.spark;
