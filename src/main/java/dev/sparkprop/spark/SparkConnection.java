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
    /**
     * Assumed maximum time between the registrations of two executors of an application: three times the time
     * measured on two busy cores.
     */
    private static final int EXECUTOR_PAUSE_MILLISECONDS = 1_500;

    private final String master;
    private final JavaSparkContext context;
    private final LostThreads lostThreads;

    /**
     * Connects to the master given to spark-submit, or to all local cores.
     *
     * @param name the name of the run in Spark's user interface
     * @param startTimeout how long to wait for an executor
     * @throws NoExecutorsException if there is no executor; a later attempt may succeed
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
                    watchdog.close(); // so that it does not interrupt Spark's shutdown
                    opened.close();
                }
                throw watchdog.expired() ? startTimedOut(conf, startTimeout, e) : StartFailures.of(master, started, e);
            }
            context = opened;
            lostThreads = new LostThreads();
        }
    }

    private NoExecutorsException startTimedOut(SparkConf conf, Duration timeout, Exception e) {
        return new NoExecutorsException(
                "Spark at " + master + " started no executor within " + timeout.toSeconds()
                        + " s (training.start-timeout). It requested executors with "
                        + SparkSettings.executors(conf),
                e);
    }

    /**
     * Waits for one executor, then for more as long as they keep arriving. On a cluster, executors register one after
     * another, and until then Spark does not know the number of cores.
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

    /** Returns Spark's Java context. */
    public JavaSparkContext context() {
        return context;
    }

    /** Returns Spark's master URL. */
    public String master() {
        return master;
    }

    /** Returns Spark's ID of this run. */
    public String applicationId() {
        return context.sc().applicationId();
    }

    /** Returns Spark's version. */
    public String version() {
        return context.version();
    }

    /** Sets the description of subsequent jobs in Spark's user interface. */
    public void describe(String jobs) {
        context.sc().setJobDescription(jobs);
    }

    /**
     * Returns the number of tasks that the executors run concurrently: one per core, unless {@code spark.task.cpus}
     * is above 1.
     */
    public int slots() {
        return TaskSlots.of(context);
    }

    /** Returns the distinct names of the kernels that the executors use. Runs one task per slot to query them. */
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
