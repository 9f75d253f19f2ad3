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

/** Prints a progress line every few seconds during long work. Prints nothing if the work ends before the first line. */
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

    /** Long-running work. */
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Runs work that uses jobs of a context, and prints the progress of these jobs. */
    public static <T, E extends Exception> T during(
            String name, JavaSparkContext context, Consumer<String> console, Work<T, E> work) throws E {
        return during(name, () -> JobProgress.of(context), INTERVAL, console, work);
    }

    static <T, E extends Exception> T during(
            String name, Supplier<JobProgress> progress, Duration interval, Consumer<String> console, Work<T, E> work)
            throws E {
        ProgressLines lines = new ProgressLines(name, progress, console);
        Thread thread = new Thread(() -> lines.printUntilDone(interval), "progress-lines");
        thread.setDaemon(true);
        thread.start();
        try {
            return work.run();
        } finally {
            lines.end();
        }
    }

    private void printUntilDone(Duration interval) {
        try {
            while (!done.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                print(progress.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void print(JobProgress jobProgress) {
        if (jobProgress.tasks() > 0 && done.getCount() > 0) {
            console.accept(String.format(
                    Locale.ROOT,
                    "%s: %,d of %s done%s after %.0f s",
                    name,
                    jobProgress.tasksDone(),
                    Words.count(jobProgress.tasks(), "task"),
                    jobProgress.rows() > 0 ? ", " + Words.count(jobProgress.rows(), "row") + " read" : "",
                    (System.nanoTime() - start) / 1e9));
        }
    }

    /** Prevents further lines. After this call, not even a line that is being prepared is printed. */
    private synchronized void end() {
        done.countDown();
    }
}
