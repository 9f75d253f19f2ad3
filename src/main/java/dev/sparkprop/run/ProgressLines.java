package dev.sparkprop.run;

import dev.sparkprop.spark.JobProgress;
import dev.sparkprop.text.Words;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** A line every few seconds for who waits for work that takes long; none for work that ends before the first. */
public final class ProgressLines {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final long start = System.nanoTime();
    private final String name;
    private final Supplier<JobProgress> progress;
    private final Consumer<String> console;
    private final CountDownLatch done = new CountDownLatch(1);

    private ProgressLines(String name, Supplier<JobProgress> progress, Consumer<String> console) {
        this.name = name;
        this.progress = progress;
        this.console = console;
    }

    /** What takes its time. */
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Does work of this name by jobs of a context, and tells how far they are. */
    public static <T, E extends Exception> T during(
            String name, JavaSparkContext context, Consumer<String> console, Work<T, E> work) throws E {
        return during(name, () -> JobProgress.of(context), INTERVAL, console, work);
    }

    static <T, E extends Exception> T during(
            String name, Supplier<JobProgress> progress, Duration interval, Consumer<String> console, Work<T, E> work)
            throws E {
        ProgressLines lines = new ProgressLines(name, progress, console);
        Thread thread = new Thread(() -> lines.tellUntilDone(interval), "progress-lines");
        thread.setDaemon(true);
        thread.start();
        try {
            return work.run();
        } finally {
            lines.end();
        }
    }

    private void tellUntilDone(Duration interval) {
        try {
            while (!done.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                tell(progress.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tell(JobProgress now) {
        if (now.tasks() > 0 && done.getCount() > 0) {
            console.accept(String.format(
                    Locale.ROOT,
                    "%s: %,d of %s done%s after %.0f s",
                    name,
                    now.tasksDone(),
                    Words.count(now.tasks(), "task"),
                    now.rows() > 0 ? ", " + Words.count(now.rows(), "row") + " read" : "",
                    (System.nanoTime() - start) / 1e9));
        }
    }

    /** Nothing is told after this, not even what is known already. */
    private synchronized void end() {
        done.countDown();
    }
}
