package dev.sparkprop.spark.dataset;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks the executors run at the same time. */
public final class TaskSlots {
    private TaskSlots() {}

    /**
     * Tasks that the executors of this moment have room for, at least 1. Not Spark's default parallelism: a user may set that to any
     * number, and it counts cores where tasks may take several ({@code spark.task.cpus}).
     */
    public static int of(JavaSparkContext context) {
        SparkContext sc = context.sc();
        return Math.max(1, sc.maxNumConcurrentTasks(sc.resourceProfileManager().defaultResourceProfile()));
    }
}
