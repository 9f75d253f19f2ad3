package dev.sparkprop.spark.engine;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Transports reports of resident tasks to the driver and the driver's replies to the tasks. It uses Spark's own RPC
 * and therefore Spark's authentication and encryption. If {@code spark.plugins} names this class, Spark creates one
 * instance in the driver and one in each executor.
 */
public final class ResidentPlugin implements SparkPlugin {
    @Override
    public DriverPlugin driverPlugin() {
        return new DriverSide();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorSide();
    }
}
