package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.Request;
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
    /** The text that Spark's user interface shows for a job. */
    private static final String DESCRIPTION = "spark.job.description";

    /** A job is replaced after this time: its failed tasks are forgotten, and Spark's user interface shows how far the training is. */
    private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A task looks for the end of its job every 10 ms, after a pass over its data. */
    private static final Duration END = Duration.ofSeconds(10);

    private final JavaSparkContext context;
    private final int partitions;
    private final ResidentSession session;
    private final JavaFutureAction<List<Long>> future;
    private final long submitted = System.nanoTime();
    private long evaluations;

    /**
     * Why a job ended before it was told to.
     *
     * @param reason in one line
     * @param cancelled whether a user cancelled it, in Spark's user interface
     */
    record Ended(String reason, boolean cancelled) {}

    private ResidentJob(
            JavaSparkContext context, int partitions, ResidentSession session, JavaFutureAction<List<Long>> future) {
        this.context = context;
        this.partitions = partitions;
        this.session = session;
        this.future = future;
    }

    /** Starts a job with a task for each partition of a dataset. */
    static ResidentJob submit(JavaSparkContext context, ShardedDataset dataset, PartitionSums sums) {
        String first = context.getLocalProperty(DESCRIPTION);
        context.setLocalProperty(DESCRIPTION, first == null ? "sparkprop" : first + " and those after it");
        ResidentSession session = new ResidentSession(dataset.partitions());
        JavaFutureAction<List<Long>> future = new JavaRDD<>(
                        new ResidentTasks(dataset.shards().rdd(), session.id(), sums),
                        ClassTag$.MODULE$.<Long>apply(Long.class))
                .collectAsync();
        context.setLocalProperty(DESCRIPTION, first);
        return new ResidentJob(context, dataset.partitions(), session, future);
    }

    /** Whether the next evaluation should have a job of its own. */
    boolean isStale() {
        return session.retried() || System.nanoTime() - submitted > LIFE_NANOS;
    }

    /** Gives its tasks an evaluation to do. */
    void order(Request request) {
        session.order(request);
    }

    /** The sums of all partitions, or nothing if some are missing after this time. */
    Optional<List<NodeSums>> await(long milliseconds) throws InterruptedException {
        Optional<List<NodeSums>> sums = session.await(milliseconds);
        if (sums.isPresent()) {
            evaluations++;
        }
        return sums;
    }

    /** Evaluations that it has done. */
    long evaluations() {
        return evaluations;
    }

    /** Whether Spark has ended it. */
    boolean isDone() {
        return future.isDone();
    }

    /** Whether all its tasks run, as far as Spark knows. */
    boolean isPlaced() {
        JavaSparkStatusTracker status = context.statusTracker();
        return future.jobIds().stream()
                .map(status::getJobInfo)
                .filter(Objects::nonNull)
                .flatMapToInt(info -> Arrays.stream(info.stageIds()))
                .mapToObj(status::getStageInfo)
                .filter(Objects::nonNull)
                .anyMatch(info -> info.numActiveTasks() >= partitions);
    }

    /** Why it is done. */
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

    /** Lets its tasks end, without waiting for them. */
    void end() {
        session.end();
    }

    /** Lets its tasks end and waits until their cores are free. */
    void release() {
        end();
        try {
            future.get(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
        } catch (ExecutionException | CancellationException e) {
            // nothing depends on the job any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(true);
        }
    }
}
