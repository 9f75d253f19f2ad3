/**
 * Follow a connection to Spark from a user's settings to the executors: {@code SparkSettings} pins, honours or refuses
 * the settings; {@link dev.sparkprop.spark.SparkConnection} starts Spark and waits for executors, a {@code Watchdog}
 * beside it; {@code StartFailures} says why Spark did not start. {@link dev.sparkprop.spark.JobProgress} shows how far
 * its jobs are. The journeys over a connection have rooms of their own below this one.
 *
 * <p>May import {@code spark.engine}, for the plugin that Spark has to load, {@code spark.dataset} and {@code kernel}.
 */
package dev.sparkprop.spark;
