package dev.sparkprop.spark.dataset;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** The number of tasks that the executors run concurrently. */
public final class TaskSlots {
    private TaskSlots() {}

    /**
     * Returns the number of tasks that the current executors can run concurrently, at least 1. This is not Spark's
     * default parallelism, which users can set to any number and which ignores {@code spark.task.cpus}.
     */
    public static int of(JavaSparkContext context) {
        SparkContext sc = context.sc();
        return Math.max(1, sc.maxNumConcurrentTasks(sc.resourceProfileManager().defaultResourceProfile()));
    }
}
