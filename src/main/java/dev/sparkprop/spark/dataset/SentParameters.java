package dev.sparkprop.spark.dataset;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The sets of parameters (candidates) that are sent to the tasks of one job. Small candidates are sent within the tasks, which avoids the
 * overhead of a broadcast; larger ones are broadcast.
 */
public final class SentParameters implements Serializable {
    private static final long serialVersionUID = 1;

    /** Up to this size, jobs were 1 to 2 ms faster without a broadcast. Spark warns about tasks above 1 MiB. */
    private static final long BROADCAST_BYTES = 256 << 10;

    private final List<float[]> inTasks;
    private final Broadcast<List<float[]>> broadcast;

    private SentParameters(List<float[]> inTasks, Broadcast<List<float[]>> broadcast) {
        this.inTasks = inTasks;
        this.broadcast = broadcast;
    }

    public static SentParameters of(JavaSparkContext context, List<float[]> candidates) {
        // copies, because in local mode a broadcast value is the driver's own object, which the caller could modify
        List<float[]> copies = candidates.stream().map(float[]::clone).toList();
        long bytes = candidates.stream()
                .mapToLong(candidate -> (long) candidate.length * Float.BYTES)
                .sum();
        return bytes < BROADCAST_BYTES
                ? new SentParameters(copies, null)
                : new SentParameters(null, context.broadcast(copies));
    }

    /** Returns the candidates. Called in tasks. */
    public List<float[]> candidates() {
        return broadcast == null ? inTasks : broadcast.value();
    }

    /** Removes the broadcast after the job. */
    public void destroy() {
        if (broadcast != null) {
            broadcast.destroy();
        }
    }
}
