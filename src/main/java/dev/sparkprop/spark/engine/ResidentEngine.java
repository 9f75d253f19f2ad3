package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.Means;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.dataset.TaskSlots;
import dev.sparkprop.spark.engine.ResidentJob.Ended;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Evaluates with resident tasks, so that evaluations do not wait for Spark's scheduler. A sequence of jobs keeps the
 * tasks running, each for a limited time.
 */
final class ResidentEngine {
    /** How long some tasks may lack a place to run. A lost executor is normally replaced within a few seconds. */
    private static final long MAX_UNSCHEDULED_NANOS = TimeUnit.SECONDS.toNanos(10);

    /**
     * How often the driver checks the job's state while it waits for sums. A failure is detected at most this much
     * later.
     */
    private static final long POLL_MILLISECONDS = 100;

    private final JavaSparkContext context;
    private final ShardedDataset dataset;
    private final Summation summation;
    private Optional<ResidentJob> running = Optional.empty();
    private int slots;

    ResidentEngine(JavaSparkContext context, ShardedDataset dataset, Summation summation) {
        this.context = context;
        this.dataset = dataset;
        this.summation = summation;
    }

    /** The outcome of an evaluation. */
    sealed interface Outcome {
        /** The evaluation succeeded, with a result for each candidate. */
        record Done(List<CostAndGradient> means) implements Outcome {}

        /** The evaluation has no result because resident tasks cannot continue. */
        record Impossible(Ended ended) implements Outcome {}
    }

    /**
     * Sends the request to all tasks over Spark's RPC. Each task runs the forward and backward passes over the shards
     * of its partitions. It adds up their sums as far up the reduction tree as the partitions allow. The driver adds
     * up the rest of the tree. The sums over all shards are divided once, at the end.
     */
    Outcome evaluate(Request request) {
        if (running.filter(ResidentJob::isStale).isPresent()) {
            release();
        }
        ResidentJob job = running.orElseGet(this::submit);
        job.order(request);
        long unscheduledSince = 0;
        try {
            while (true) {
                Optional<List<NodeSums>> nodes = job.await(POLL_MILLISECONDS);
                if (nodes.isPresent()) {
                    List<GradientSum> sums = summation.combine(nodes.get(), slots);
                    return new Outcome.Done(Means.of(sums, summation.topology()));
                }
                if (job.isDone()) {
                    Ended ended = job.ended();
                    job.end();
                    running = Optional.empty();
                    if (ended.cancelled() || job.evaluations() == 0) {
                        return new Outcome.Impossible(ended);
                    }
                    // the job failed after some evaluations, for example because it lost executors repeatedly: retry
                    // with a new job
                    job = submit();
                    job.order(request);
                } else if (job.isScheduled()) {
                    unscheduledSince = 0;
                } else if (unscheduledSince == 0) {
                    unscheduledSince = System.nanoTime();
                } else if (System.nanoTime() - unscheduledSince > MAX_UNSCHEDULED_NANOS) {
                    release();
                    return new Outcome.Impossible(new Ended("not enough cores for all tasks", false));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while tasks evaluate", e);
        }
    }

    private ResidentJob submit() {
        slots = TaskSlots.of(context);
        ResidentJob job = ResidentJob.submit(context, dataset, slots, summation.ofPartition());
        running = Optional.of(job);
        return job;
    }

    /** Ends all tasks to free their cores for other jobs. The next evaluation starts them again. */
    void release() {
        running.ifPresent(ResidentJob::release);
        running = Optional.empty();
    }
}
