package dev.sparkprop.cli;

import dev.sparkprop.spark.JobProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** A line every few seconds for who waits for work that takes long; none for work that ends before the first. */
final class ProgressLines implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final long start = System.nanoTime();
    private final String work;
    private final Supplier<JobProgress> progress;
    private final Consumer<String> console;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress-lines");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins to watch the jobs of a context, which do work of this name. */
    ProgressLines(String work, JavaSparkContext context, Consumer<String> console) {
        this(work, () -> JobProgress.of(context), INTERVAL, console);
    }

    ProgressLines(String work, Supplier<JobProgress> progress, Duration interval, Consumer<String> console) {
        this.work = work;
        this.progress = progress;
        this.console = console;
        clock.scheduleAtFixedRate(this::tell, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tell() {
        JobProgress now = progress.get();
        if (now.tasks() > 0) {
            console.accept(String.format(
                    Locale.ROOT,
                    "%s: %,d of %s done%s after %.0f s",
                    work,
                    now.tasksDone(),
                    TrainingRun.count(now.tasks(), "task"),
                    now.rows() > 0 ? ", " + TrainingRun.count(now.rows(), "row") + " read" : "",
                    (System.nanoTime() - start) / 1e9));
        }
    }

    /** Nothing is told after this. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
