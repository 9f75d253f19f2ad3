package dev.sparkprop.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** An open connection to Spark for one run. */
public final class SparkRun implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final JavaSparkContext context;

    /**
     * Connects to the master that spark-submit was given, or to all local cores.
     *
     * @param name of the run in Spark's user interface
     */
    public SparkRun(String name) {
        SparkConf conf = new SparkConf().setAppName("sparkprop " + name).setIfMissing("spark.master", "local[*]");
        if (conf.get("spark.master").startsWith("local")) {
            keepOnLoopback(conf);
        }
        context = new JavaSparkContext(conf);
    }

    /** Nobody outside the machine has business with a local run. */
    private static void keepOnLoopback(SparkConf conf) {
        conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
        conf.setIfMissing("spark.driver.host", LOOPBACK);
        // the user interface takes its address from this variable alone, and else listens on all of them
        if (System.getenv("SPARK_LOCAL_IP") == null) {
            conf.setIfMissing("spark.ui.enabled", "false");
        }
    }

    /** Spark's own handle. */
    public JavaSparkContext context() {
        return context;
    }

    /** Spark's master URL. */
    public String master() {
        return context.master();
    }

    /** Spark's name for this run. */
    public String applicationId() {
        return context.sc().applicationId();
    }

    /** Spark's version. */
    public String version() {
        return context.version();
    }

    /** Cores that tasks can use at this moment, as far as Spark knows. */
    public int cores() {
        return context.defaultParallelism();
    }

    @Override
    public void close() {
        context.close();
    }
}
