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
 * Evaluations by tasks that stay from one to the next, so that none of them waits for Spark's scheduler. One job after the other
 * keeps them for a while.
 */
final class ResidentEngine {
    /** How long some tasks may have no place to run. A lost executor is back within a few seconds. */
    private static final long PLACELESS_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** How often the driver looks at the job while it waits for sums; a failed job is noticed this much later. */
    private static final long LOOK_MILLISECONDS = 100;

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

    /** How an evaluation ended. */
    sealed interface Outcome {
        /** With a result for each candidate. */
        record Done(List<CostAndGradient> means) implements Outcome {}

        /** Without one: tasks cannot stay any longer. */
        record Impossible(Ended why) implements Outcome {}
    }

    /**
     * The request goes to all tasks over Spark's RPC. Each task runs forward and backward over the shards of its partition and sums
     * as far up the tree as they reach; the rest of the tree is added up here. The sums of all shards are divided once, at the end.
     */
    Outcome evaluate(Request request) {
        if (running.filter(ResidentJob::isStale).isPresent()) {
            release();
        }
        ResidentJob job = running.orElseGet(this::submit);
        job.order(request);
        long placeless = 0;
        try {
            while (true) {
                Optional<List<NodeSums>> nodes = job.await(LOOK_MILLISECONDS);
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
                    // it failed after a while, as jobs do that lost executors again and again: try with another one
                    job = submit();
                    job.order(request);
                } else if (job.isPlaced()) {
                    placeless = 0;
                } else if (placeless == 0) {
                    placeless = System.nanoTime();
                } else if (System.nanoTime() - placeless > PLACELESS_NANOS) {
                    release();
                    return new Outcome.Impossible(new Ended("there is no place for all tasks", false));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while tasks evaluate", e);
        }
    }

    private ResidentJob submit() {
        slots = TaskSlots.of(context);
        ResidentJob job = ResidentJob.submit(context, dataset, summation.ofPartition());
        running = Optional.of(job);
        return job;
    }

    /** Lets all tasks end, so that others can have their cores; the next evaluation starts them again. */
    void release() {
        running.ifPresent(ResidentJob::release);
        running = Optional.empty();
    }
}
