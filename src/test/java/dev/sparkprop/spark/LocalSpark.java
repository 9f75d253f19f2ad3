package dev.sparkprop.spark;

import dev.sparkprop.spark.engine.ResidentPlugin;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark within a test's own process. */
public final class LocalSpark {
    private LocalSpark() {}

    /** A context on two cores; whoever asks for it closes it. */
    public static JavaSparkContext context() {
        SparkConf conf = new SparkConf();
        SparkSettings.PINNED.forEach(conf::set);
        return new JavaSparkContext(conf.setMaster("local[2]")
                .setAppName("test")
                .set("spark.plugins", ResidentPlugin.class.getName())
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1"));
    }
}
