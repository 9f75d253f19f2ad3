package dev.sparkprop.spark.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/** Explains which shards failed, where and why, after Spark has aborted a job. */
public final class TaskFailures {
    /**
     * Matches the line with which Spark's scheduler reports an aborted stage. Spark has no typed access to the
     * partition, so this pattern follows the wording of Spark 4.1.0. {@code FaultsIT.row3…} tests it with a real
     * failure.
     */
    private static final Pattern LOST_TASK = Pattern.compile(
            "Task (\\d+) in stage \\S+ failed (\\d+) times, most recent failure: Lost task \\S+ in stage \\S+ \\(TID \\d+\\)"
                    + " \\((\\S+) executor (\\S+)\\): ([^\\n]*)");

    /** Spark's reason if the driver could not fetch a result that the executor holds. */
    private static final String RESULT_LOST = "TaskResultLost";

    private TaskFailures() {}

    /** Translates the exception of a failed job. */
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
                            + lost.group(4) + " at " + lost.group(3) + ": " + reason(lost.group(5));
            return new UncheckedIOException(new IOException(message, failure));
        }
        if (failure instanceof SparkException) {
            return new UncheckedIOException(new IOException(failure.getMessage(), failure));
        }
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    private static String reason(String text) {
        return text.startsWith(RESULT_LOST)
                ? "the driver could not fetch the result. It may be out of memory: it has " + driverMemory()
                : text;
    }

    /** Returns the driver's memory, and how to increase it. */
    public static String driverMemory() {
        long memory = Runtime.getRuntime().maxMemory() >> 20;
        return memory + " MiB (increase it, such as with --spark spark.driver.memory=" + 2 * memory + "m)";
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
