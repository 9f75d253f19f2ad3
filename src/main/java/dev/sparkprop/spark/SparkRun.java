package dev.sparkprop.spark;

import dev.sparkprop.kernel.KernelSelection;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** An open connection to Spark for one run. */
public final class SparkRun implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    /** Executors of one application come within this time of each other; three times what was seen on two busy cores. */
    private static final int EXECUTOR_PAUSE_MILLISECONDS = 1_500;

    private final JavaSparkContext context;

    /**
     * Connects to the master that spark-submit was given, or to all local cores.
     *
     * @param name of the run in Spark's user interface
     * @throws IOException if no executor is to be had
     */
    public SparkRun(String name) throws IOException {
        SparkConf conf = new SparkConf().setAppName("sparkprop " + name).setIfMissing("spark.master", "local[*]");
        if (conf.get("spark.master").startsWith("local")) {
            keepOnLoopback(conf);
        }
        context = new JavaSparkContext(conf);
        try {
            awaitExecutors();
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            context.close();
            throw new IOException("Spark at " + conf.get("spark.master") + " gives no executor: " + e.getMessage(), e);
        }
    }

    /**
     * Waits for one executor, and then for others as long as more come: on a cluster they register one after the other, and until
     * then Spark does not know how many cores there are.
     */
    private void awaitExecutors() throws InterruptedException {
        context.parallelize(List.of(0)).count();
        if (!context.isLocal()) {
            int before;
            do {
                before = cores();
                Thread.sleep(EXECUTOR_PAUSE_MILLISECONDS);
            } while (cores() > before);
        }
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

    /** The kernels that executors compute with, each kind once: one task for each core asks. */
    public SortedSet<String> executorKernels(KernelSelection selection) {
        return new TreeSet<>(context.parallelize(Collections.nCopies(cores(), selection), cores())
                .map(new KernelName())
                .collect());
    }

    private record KernelName() implements Function<KernelSelection, String> {
        @Override
        public String call(KernelSelection selection) {
            return selection.kernels().name();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
