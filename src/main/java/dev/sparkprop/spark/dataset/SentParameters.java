package dev.sparkprop.spark.dataset;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Candidates on their way to the tasks of one job: within the tasks themselves if they are small, which saves Spark the work of a
 * broadcast, else as a broadcast.
 */
public final class SentParameters implements Serializable {
    private static final long serialVersionUID = 1;

    /** Below it, a job without a broadcast was 1 to 2 ms faster; Spark warns of tasks above 1 MiB. */
    private static final long BROADCAST_BYTES = 256 << 10;

    private final List<float[]> within;
    private final Broadcast<List<float[]>> broadcast;

    private SentParameters(List<float[]> within, Broadcast<List<float[]>> broadcast) {
        this.within = within;
        this.broadcast = broadcast;
    }

    public static SentParameters of(JavaSparkContext context, List<float[]> candidates) {
        // in local mode a broadcast value is the driver's own object, so it gets copies that nobody else can write to
        List<float[]> copies = candidates.stream().map(float[]::clone).toList();
        long bytes = candidates.stream()
                .mapToLong(candidate -> (long) candidate.length * Float.BYTES)
                .sum();
        return bytes < BROADCAST_BYTES
                ? new SentParameters(copies, null)
                : new SentParameters(null, context.broadcast(copies));
    }

    /** The candidates, in a task. */
    public List<float[]> candidates() {
        return broadcast == null ? within : broadcast.value();
    }

    /** Takes them back, when the job is over. */
    public void destroy() {
        if (broadcast != null) {
            broadcast.destroy();
        }
    }
}
