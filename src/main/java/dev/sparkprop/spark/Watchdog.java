package dev.sparkprop.spark;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that created it after a timeout. */
final class Watchdog implements AutoCloseable {
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

    /**
     * Stops the watchdog. It will not interrupt the thread after this call. If it has done so, this call clears the
     * interrupt status.
     */
    @Override
    public void close() {
        done.countDown();
        boolean joined = false;
        while (!joined) {
            try {
                thread.join();
                joined = true;
            } catch (InterruptedException e) {
                // the watchdog interrupted this thread just before
                expired = true;
            }
        }
        if (expired) {
            Thread.interrupted();
        }
    }
}
