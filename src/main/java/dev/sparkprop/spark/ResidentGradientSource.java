package dev.sparkprop.spark;

import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import dev.sparkprop.training.Batch;
import dev.sparkprop.training.Engine;
import dev.sparkprop.training.GradientSource;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.Ledger.Phase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import scala.reflect.ClassTag$;

/**
 * Sums over a {@link ShardedDataset} by tasks that stay from one evaluation to the next, so that none of them waits for Spark's
 * scheduler. One job after the other keeps them for a while. Where tasks cannot be had, evaluations are jobs again, from where the
 * training stands and with the same bits.
 */
public final class ResidentGradientSource implements GradientSource, AutoCloseable {
    /** A job is followed by another after this time: its failed tasks are forgotten, and Spark's user interface shows how far it is. */
    private static final long JOB_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** How long some tasks may have no place to run. A lost executor is back within a few seconds. */
    private static final long PLACELESS_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What Spark's user interface says that a job is for. */
    private static final String DESCRIPTION = "spark.job.description";

    /** Above it, and between processes, a broadcast and the results of a job travel as fast. */
    private static final int MANY_PARAMETERS = 1_000_000;

    private static final long LOOK_MILLISECONDS = 100;
    private static final Duration END = Duration.ofSeconds(10);

    private final ShardedDataset dataset;
    private final SparkGradientSource jobs;
    private final JavaSparkContext context;
    private final Ledger ledger;
    private final Consumer<String> console;

    private ResidentSession session;
    private JavaFutureAction<List<Long>> job;
    private long submitted;
    private long evaluations;
    private boolean cancelled;
    /** Why tasks do not stay, if they do not. */
    private Optional<String> jobsOnly;

    /**
     * Sums over a dataset.
     *
     * @param wanted whether tasks should stay
     * @param ledger in which the time of evaluations is booked
     * @param console hears of it when tasks cannot stay any longer
     * @throws ResultSizeException if Spark would not let the driver have the sums
     */
    public ResidentGradientSource(
            Engine wanted,
            JavaSparkContext context,
            ShardedDataset dataset,
            Topology topology,
            KernelSelection selection,
            Ledger ledger,
            Consumer<String> console) {
        this.context = context;
        this.dataset = dataset;
        this.jobs = new SparkGradientSource(context, dataset, topology, selection, ledger);
        this.ledger = ledger;
        this.console = console;
        this.jobsOnly = reasonForJobs(wanted, context, dataset, topology);
    }

    private static Optional<String> reasonForJobs(
            Engine wanted, JavaSparkContext context, ShardedDataset dataset, Topology topology) {
        if (wanted == Engine.JOBS) {
            return Optional.of("sparkprop.engine says so");
        }
        int cores = TaskSlots.of(context);
        if (dataset.partitions() > cores) {
            return Optional.of(dataset.partitions() + " partitions do not find a core each");
        }
        if (wanted == Engine.AUTO && topology.parameterCount() > MANY_PARAMETERS && !context.isLocal()) {
            return Optional.of(topology.parameterCount() + " parameters are as fast so");
        }
        return Optional.empty();
    }

    /** How evaluations are done, and why. */
    public String description() {
        return jobsOnly.map(reason -> "each evaluation is a job, because " + reason)
                .orElse("tasks stay from one evaluation to the next");
    }

    /** Another source, which evaluates in jobs and needs places for them. */
    public GradientSource beside(GradientSource other) {
        return new GradientSource() {
            @Override
            public long examples() {
                return other.examples();
            }

            @Override
            public List<GradientSum> evaluate(List<float[]> candidates, Batch batch) {
                release();
                return other.evaluate(candidates, batch);
            }

            @Override
            public List<GradientSum> losses(List<float[]> candidates) {
                release();
                return other.losses(candidates);
            }
        };
    }

    @Override
    public long examples() {
        return jobs.examples();
    }

    @Override
    public List<GradientSum> evaluate(List<float[]> candidates, Batch batch) {
        return resident(candidates, batch, true).orElseGet(() -> jobs.evaluate(candidates, batch));
    }

    @Override
    public List<GradientSum> losses(List<float[]> candidates) {
        return resident(candidates, Batch.whole(examples()), false).orElseGet(() -> jobs.losses(candidates));
    }

    private Optional<List<GradientSum>> resident(List<float[]> candidates, Batch batch, boolean gradients) {
        if (jobsOnly.isPresent()) {
            return Optional.empty();
        }
        return ledger.time(
                Phase.SCHEDULE,
                () -> Optional.ofNullable(answers(candidates, batch, gradients)).map(jobs::combine));
    }

    /** Whether somebody cancelled a job in Spark's user interface, which is to end the training. */
    public boolean cancelled() {
        return cancelled;
    }

    /** The sums of all partitions, or null after falling back. */
    private List<NodeSums> answers(List<float[]> candidates, Batch batch, boolean gradients) {
        if (job != null && (session.retried() || System.nanoTime() - submitted > JOB_NANOS)) {
            release();
        }
        if (job == null) {
            submit();
        }
        session.order(candidates, batch, gradients);
        long placeless = 0;
        try {
            while (true) {
                List<NodeSums> nodes = session.await(LOOK_MILLISECONDS);
                if (nodes != null) {
                    evaluations++;
                    return nodes;
                }
                if (job.isDone()) {
                    String reason = failure();
                    end();
                    if (cancelled || evaluations == 0) {
                        return fallBack(reason);
                    }
                    // it failed after a while, as jobs do when executors were lost time and again: so another one
                    submit();
                    session.order(candidates, batch, gradients);
                } else if (placed()) {
                    placeless = 0;
                } else if (placeless == 0) {
                    placeless = System.nanoTime();
                } else if (System.nanoTime() - placeless > PLACELESS_NANOS) {
                    release();
                    return fallBack("there is no place for all tasks");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void submit() {
        String first = context.getLocalProperty(DESCRIPTION);
        context.setLocalProperty(DESCRIPTION, first == null ? "sparkprop" : first + " and those after it");
        session = new ResidentSession(dataset.partitions());
        job = new JavaRDD<>(
                        new ResidentTasks(dataset.shards().rdd(), session.id(), jobs.partitionSums()),
                        ClassTag$.MODULE$.<Long>apply(Long.class))
                .collectAsync();
        context.setLocalProperty(DESCRIPTION, first);
        submitted = System.nanoTime();
        evaluations = 0;
    }

    /** Whether all tasks run, as far as Spark knows. */
    private boolean placed() {
        JavaSparkStatusTracker status = context.statusTracker();
        return job.jobIds().stream()
                .map(status::getJobInfo)
                .filter(info -> info != null)
                .flatMapToInt(info -> Arrays.stream(info.stageIds()))
                .mapToObj(status::getStageInfo)
                .filter(info -> info != null)
                .anyMatch(info -> info.numActiveTasks() >= dataset.partitions());
    }

    /** Why the job is over before its time. */
    private String failure() throws InterruptedException {
        try {
            job.get();
            return "the job ended";
        } catch (CancellationException e) {
            cancelled = true;
            return "the job was cancelled";
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SparkThrowable spark && "SPARK_JOB_CANCELLED".equals(spark.getCondition())) {
                cancelled = true;
                return "the job was cancelled";
            }
            return String.valueOf(e.getCause().getMessage()).lines().findFirst().orElse("");
        }
    }

    private List<NodeSums> fallBack(String reason) {
        jobsOnly = Optional.of(reason);
        console.accept("Tasks do not stay any longer, and each evaluation is a job from here on: " + reason);
        return null;
    }

    private void end() {
        session.end();
        session = null;
        job = null;
    }

    /** Lets all tasks end, and others have their places; the next evaluation starts them again. */
    public void release() {
        if (job == null) {
            return;
        }
        JavaFutureAction<List<Long>> ending = job;
        end();
        try {
            ending.get(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            ending.cancel(true);
        } catch (ExecutionException | CancellationException e) {
            // nobody waits for what it would have done
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending.cancel(true);
        }
    }

    @Override
    public void close() {
        release();
    }
}
