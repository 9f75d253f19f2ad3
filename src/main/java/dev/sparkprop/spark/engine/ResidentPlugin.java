package dev.sparkprop.spark.engine;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Carries reports of resident tasks to the driver and its replies back, over Spark's own RPC and so under its authentication and
 * encryption. Spark makes one in the driver and one in each executor if {@code spark.plugins} names this class.
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
