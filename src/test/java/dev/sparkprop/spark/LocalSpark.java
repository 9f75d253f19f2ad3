package dev.sparkprop.spark;

import dev.sparkprop.spark.engine.ResidentPlugin;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A Spark context in the test's own process, shared by the tests that run there. */
public final class LocalSpark {
    private static JavaSparkContext shared;

    private LocalSpark() {}

    /** Returns the shared context, which has two cores. */
    public static synchronized JavaSparkContext context() {
        if (shared == null || shared.sc().isStopped()) {
            SparkConf conf = new SparkConf();
            SparkSettings.PINNED.forEach(conf::set);
            shared = new JavaSparkContext(conf.setMaster("local[2]")
                    .setAppName("test")
                    .set("spark.plugins", ResidentPlugin.class.getName())
                    .set("spark.ui.enabled", "false")
                    .set("spark.driver.host", "127.0.0.1")
                    .set("spark.driver.bindAddress", "127.0.0.1"));
        }
        return shared;
    }

    /** Stops the shared context for a test that needs its own: a process can have only one. */
    public static synchronized void stop() {
        if (shared != null) {
            shared.close();
        }
    }
}
