package dev.sparkprop.spark;

/**
 * Ends a run when one of Spark's own threads on the driver dies of an error such as full memory. Spark logs the error and waits for
 * the thread's work for ever.
 */
public final class LostThreads implements AutoCloseable {
    private static volatile VirtualMachineError error;

    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    /** From here on, such an error interrupts the thread that calls this. */
    LostThreads() {
        Thread run = Thread.currentThread();
        error = null;
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof VirtualMachineError fatal) {
                error = fatal;
                run.interrupt();
            } else if (before != null) {
                before.uncaughtException(thread, failure);
            }
        });
    }

    /** Why the last run failed: the error that ended one of Spark's threads if there is one, or else the given failure. */
    public static Throwable reason(Throwable failure) {
        if (error == null) {
            return failure;
        }
        // what is left to do, such as to write the record, may block
        Thread.interrupted();
        return error;
    }

    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
