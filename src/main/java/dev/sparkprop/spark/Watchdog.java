package dev.sparkprop.spark;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that made it when a time is over. */
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
