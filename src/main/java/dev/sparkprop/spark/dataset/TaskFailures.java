package dev.sparkprop.spark.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/** Says which shards failed where and why, when Spark has given a job up. */
public final class TaskFailures {
    /**
     * The line in which Spark's scheduler reports a stage that it aborts. Spark has no typed way to learn the partition, so this is its
     * sentence, as Spark 4.1.0 has it; {@code FaultsIT.row3…} sees it in a real failure.
     */
    private static final Pattern LOST_TASK = Pattern.compile(
            "Task (\\d+) in stage \\S+ failed (\\d+) times, most recent failure: Lost task \\S+ in stage \\S+ \\(TID \\d+\\)"
                    + " \\((\\S+) executor (\\S+)\\): ([^\\n]*)");

    private TaskFailures() {}

    /** What to throw for what a job threw. */
    public static RuntimeException of(Exception failure, ShardPartitioning partitioning) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataChangedException changed) {
                return changed;
            }
        }
        Matcher lost = LOST_TASK.matcher(String.valueOf(failure.getMessage()));
        if (lost.find()) {
            int partition = Integer.parseInt(lost.group(1));
            String message =
                    shards(partition, partitioning) + " failed " + lost.group(2) + " times, the last time on executor "
                            + lost.group(4) + " at " + lost.group(3) + ": " + lost.group(5);
            return new UncheckedIOException(new IOException(message, failure));
        }
        if (failure instanceof SparkException) {
            return new UncheckedIOException(new IOException(failure.getMessage(), failure));
        }
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    private static String shards(int partition, ShardPartitioning partitioning) {
        if (partition >= partitioning.partitions()) {
            return "Slice " + partition + " of the sums";
        }
        int first = partitioning.from(partition);
        int last = partitioning.until(partition) - 1;
        return first == last ? "Shard " + first : "Shards " + first + " to " + last;
    }
}
