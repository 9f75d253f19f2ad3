package dev.sparkprop.spark;

import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.spark.dataset.TaskSlots;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** An open connection to Spark for one run. */
public final class SparkConnection implements AutoCloseable {
    /** Executors of one application come within this time of each other; three times what was seen on two busy cores. */
    private static final int EXECUTOR_PAUSE_MILLISECONDS = 1_500;

    private final String master;
    private final JavaSparkContext context;
    private final LostThreads lostThreads;

    /**
     * Connects to the master that spark-submit was given, or to all local cores.
     *
     * @param name of the run in Spark's user interface
     * @param startTimeout how long to wait for an executor
     * @throws NoExecutorsException if none is to be had, and may be another time
     * @throws InvalidSparkSettingException if Spark cannot start with its settings
     */
    public SparkConnection(String name, Duration startTimeout) throws IOException {
        SparkConf conf = SparkSettings.of(name);
        master = new SparkConf().get("spark.master", "local[*]");
        try (Watchdog watchdog = new Watchdog(startTimeout)) {
            JavaSparkContext opened = null;
            try {
                opened = new JavaSparkContext(conf);
                awaitExecutors(opened);
            } catch (Exception e) { // Spark throws checked exceptions that it does not declare
                boolean started = opened != null;
                if (started) {
                    watchdog.close();
                    opened.close();
                }
                throw watchdog.expired() ? late(conf, startTimeout, e) : StartFailures.of(master, started, e);
            }
            context = opened;
            lostThreads = new LostThreads();
        }
    }

    private NoExecutorsException late(SparkConf conf, Duration timeout, Exception e) {
        return new NoExecutorsException(
                "Spark at " + master + " gives no executor within " + timeout.toSeconds()
                        + " s (training.start-timeout): it offered none, and was asked for executors with "
                        + SparkSettings.executors(conf),
                e);
    }

    /**
     * Waits for one executor, and then for others as long as more come: on a cluster they register one after the other, and until
     * then Spark does not know how many cores there are.
     */
    private static void awaitExecutors(JavaSparkContext context) throws InterruptedException {
        context.parallelize(List.of(0)).count();
        if (!context.isLocal()) {
            int before;
            do {
                before = TaskSlots.of(context);
                Thread.sleep(EXECUTOR_PAUSE_MILLISECONDS);
            } while (TaskSlots.of(context) > before);
        }
    }

    /** Spark's own handle. */
    public JavaSparkContext context() {
        return context;
    }

    /** Spark's master URL. */
    public String master() {
        return master;
    }

    /** Spark's name for this run. */
    public String applicationId() {
        return context.sc().applicationId();
    }

    /** Spark's version. */
    public String version() {
        return context.version();
    }

    /** Says what the jobs to come are for, in Spark's user interface. */
    public void describe(String jobs) {
        context.sc().setJobDescription(jobs);
    }

    /** Tasks that the executors run at the same time, as many as they have cores unless {@code spark.task.cpus} is above 1. */
    public int slots() {
        return TaskSlots.of(context);
    }

    /** The kernels that executors compute with, each kind once: one task for each slot asks. */
    public SortedSet<String> executorKernels(KernelSelection selection) {
        return new TreeSet<>(context.parallelize(Collections.nCopies(slots(), selection), slots())
                .map(new KernelName())
                .collect());
    }

    private record KernelName() implements Function<KernelSelection, String> {
        @Override
        public String call(KernelSelection selection) {
            return selection.kernels().name();
        }
    }

    @Override
    public void close() {
        lostThreads.close();
        context.close();
    }
}
