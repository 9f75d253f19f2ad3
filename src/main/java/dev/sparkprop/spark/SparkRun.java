package dev.sparkprop.spark;

import dev.sparkprop.kernel.KernelSelection;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** An open connection to Spark for one run. */
public final class SparkRun implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    /** Executors of one application come within this time of each other; three times what was seen on two busy cores. */
    private static final int EXECUTOR_PAUSE_MILLISECONDS = 1_500;

    /** Times that a task may fail, in local mode too, where Spark would give up at once. */
    private static final int TASK_FAILURES = 4;

    private static final Pattern LOCAL = Pattern.compile("local(?:\\[([^,\\]]+)])?");

    private final String master;
    private final JavaSparkContext context;

    /**
     * Connects to the master that spark-submit was given, or to all local cores.
     *
     * @param name of the run in Spark's user interface
     * @param startTimeout how long to wait for an executor
     * @throws NoExecutorsException if none is to be had
     */
    public SparkRun(String name, Duration startTimeout) throws NoExecutorsException {
        SparkConf conf = new SparkConf().setAppName("sparkprop " + name).setIfMissing("spark.master", "local[*]");
        master = conf.get("spark.master");
        if (master.startsWith("local")) {
            keepOnLoopback(conf);
        }
        Matcher local = LOCAL.matcher(master);
        if (local.matches()) {
            String cores = local.group(1) == null ? "1" : local.group(1);
            conf.setMaster("local[" + cores + "," + conf.getInt("spark.task.maxFailures", TASK_FAILURES) + "]");
        }
        try (Watchdog watchdog = new Watchdog(startTimeout)) {
            JavaSparkContext opened = null;
            try {
                opened = new JavaSparkContext(conf);
                awaitExecutors(opened);
            } catch (Exception e) { // Spark throws checked exceptions that it does not declare
                if (opened != null) {
                    watchdog.close();
                    opened.close();
                }
                throw noExecutors(conf, startTimeout, watchdog.expired(), e);
            }
            context = opened;
        }
    }

    private NoExecutorsException noExecutors(SparkConf conf, Duration timeout, boolean expired, Exception e) {
        String asked = "asked for executors with " + conf.get("spark.executor.memory", "1g")
                + " of memory (spark.executor.memory) and " + conf.get("spark.executor.cores", "all the")
                + " cores of a Worker (spark.executor.cores)";
        return new NoExecutorsException(
                "Spark at " + master + " gives no executor"
                        + (expired
                                ? " within " + timeout.toSeconds()
                                        + " s (training.start-timeout): it offered none, and was " + asked
                                : ": " + e.getMessage()),
                e);
    }

    /** Interrupts the thread that made it when a time is over. */
    private static final class Watchdog implements AutoCloseable {
        private final Thread watched = Thread.currentThread();
        private final CountDownLatch done = new CountDownLatch(1);
        private final Thread thread;
        private volatile boolean expired;

        Watchdog(Duration timeout) {
            thread = new Thread(() -> watch(timeout), "start-watchdog");
            thread.setDaemon(true);
            thread.start();
        }

        private void watch(Duration timeout) {
            try {
                if (!done.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    expired = true;
                    watched.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        boolean expired() {
            return expired;
        }

        /** After this the thread is not interrupted any more, nor does it know that it was. */
        @Override
        public void close() {
            done.countDown();
            boolean joined = false;
            while (!joined) {
                try {
                    thread.join();
                    joined = true;
                } catch (InterruptedException e) {
                    // by the watchdog itself, just before
                    expired = true;
                }
            }
            if (expired) {
                Thread.interrupted();
            }
        }
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
                before = context.defaultParallelism();
                Thread.sleep(EXECUTOR_PAUSE_MILLISECONDS);
            } while (context.defaultParallelism() > before);
        }
    }

    /** Nobody outside the machine has business with a local run. */
    private static void keepOnLoopback(SparkConf conf) {
        conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
        conf.setIfMissing("spark.driver.host", LOOPBACK);
        // the user interface takes its address from this variable alone, and else listens on all of them
        if (System.getenv("SPARK_LOCAL_IP") == null) {
            conf.setIfMissing("spark.ui.enabled", "false");
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

    /** Cores that tasks can use at this moment, as far as Spark knows. */
    public int cores() {
        return context.defaultParallelism();
    }

    /** The kernels that executors compute with, each kind once: one task for each core asks. */
    public SortedSet<String> executorKernels(KernelSelection selection) {
        return new TreeSet<>(context.parallelize(Collections.nCopies(cores(), selection), cores())
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
        context.close();
    }
}
