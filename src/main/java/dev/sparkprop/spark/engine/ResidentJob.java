package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.Request;
import dev.sparkprop.spark.dataset.GroupedShards;
import dev.sparkprop.spark.dataset.ShardedDataset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import scala.reflect.ClassTag$;

/** A Spark job whose tasks keep running until the driver ends them. */
final class ResidentJob {
    /** The local property that contains the job description in Spark's user interface. */
    private static final String DESCRIPTION = "spark.job.description";

    /**
     * A job is replaced after this time. Failed tasks then no longer count, and Spark's user interface shows the
     * current progress.
     */
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /**
     * How long {@link #release} waits for the tasks. An idle task checks at least every 10 ms whether its job has
     * ended; a busy task first finishes a pass over its data.
     */
    private static final Duration END = Duration.ofSeconds(10);

    private final JavaSparkContext context;
    private final int tasks;
    private final ResidentSession session;
    private final JavaFutureAction<List<Long>> future;
    private final long submitted = System.nanoTime();
    private long evaluations;

    /**
     * The reason why a job ended before the driver ended it.
     *
     * @param reason the reason, in one line
     * @param cancelled whether a user cancelled the job in Spark's user interface
     */
    record Ended(String reason, boolean cancelled) {}

    private ResidentJob(
            JavaSparkContext context, int tasks, ResidentSession session, JavaFutureAction<List<Long>> future) {
        this.context = context;
        this.tasks = tasks;
        this.session = session;
        this.future = future;
    }

    /** Starts a job with at most {@code slots} tasks, which together pass over all partitions of a dataset. */
    static ResidentJob submit(JavaSparkContext context, ShardedDataset dataset, int slots, PartitionSums sums) {
        GroupedShards shards = dataset.perSlot(slots);
        int tasks = shards.getNumPartitions();
        String first = context.getLocalProperty(DESCRIPTION);
        context.setLocalProperty(DESCRIPTION, first == null ? "sparkprop" : first + " and later ones");
        ResidentSession session = new ResidentSession(tasks);
        JavaFutureAction<List<Long>> future = new JavaRDD<>(
                        new ResidentTasks(shards, session.id(), sums), ClassTag$.MODULE$.<Long>apply(Long.class))
                .collectAsync();
        context.setLocalProperty(DESCRIPTION, first);
        return new ResidentJob(context, tasks, session, future);
    }

    /** Returns true if the next evaluation should start a new job. */
    boolean isStale() {
        return session.retried() || System.nanoTime() - submitted > MAX_AGE_NANOS;
    }

    /** Assigns an evaluation to the job's tasks. */
    void order(Request request) {
        session.order(request);
    }

    /** Waits for the sums of all tasks. Returns empty if some are missing after the given time. */
    Optional<List<NodeSums>> await(long milliseconds) throws InterruptedException {
        Optional<List<NodeSums>> sums = session.await(milliseconds);
        if (sums.isPresent()) {
            evaluations++;
        }
        return sums;
    }

    /** Returns the number of completed evaluations. */
    long evaluations() {
        return evaluations;
    }

    /** Returns true if Spark has ended the job. */
    boolean isDone() {
        return future.isDone();
    }

    /** Returns true if all tasks are running, according to Spark's latest status. */
    boolean isScheduled() {
        JavaSparkStatusTracker status = context.statusTracker();
        return future.jobIds().stream()
                .map(status::getJobInfo)
                .filter(Objects::nonNull)
                .flatMapToInt(info -> Arrays.stream(info.stageIds()))
                .mapToObj(status::getStageInfo)
                .filter(Objects::nonNull)
                .anyMatch(info -> info.numActiveTasks() >= tasks);
    }

    /** Returns the reason why the job ended. */
    Ended ended() throws InterruptedException {
        try {
            future.get();
            return new Ended("the job ended", false);
        } catch (CancellationException e) {
            return new Ended("the job was cancelled", true);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SparkThrowable spark && "SPARK_JOB_CANCELLED".equals(spark.getCondition())) {
                return new Ended("the job was cancelled", true);
            }
            String message = String.valueOf(e.getCause().getMessage());
            return new Ended(message.lines().findFirst().orElse(""), false);
        }
    }

    /** Ends the tasks without waiting for them. */
    void end() {
        session.end();
    }

    /** Ends the tasks and waits until their cores are free. */
    void release() {
        end();
        try {
            future.get(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
        } catch (ExecutionException | CancellationException e) {
            // nothing depends on the job at this point
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(true);
        }
    }
}
