package dev.sparkprop.spark;

/**
 * Ends a run if one of Spark's driver threads dies of a virtual machine error, such as an out-of-memory error.
 * Otherwise Spark would log the error and wait for the thread's result forever.
 */
public final class LostThreads implements AutoCloseable {
    private static volatile VirtualMachineError error;

    private final Thread.UncaughtExceptionHandler previousHandler = Thread.getDefaultUncaughtExceptionHandler();

    /** Installs the handler. From now on, such an error interrupts the thread that called this constructor. */
    LostThreads() {
        Thread run = Thread.currentThread();
        error = null;
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof VirtualMachineError fatal) {
                error = fatal;
                run.interrupt();
            } else if (previousHandler != null) {
                previousHandler.uncaughtException(thread, failure);
            }
        });
    }

    /**
     * Returns the reason why the last run failed: the error that ended one of Spark's threads, or the given failure
     * if there was no such error.
     */
    public static Throwable reason(Throwable failure) {
        if (error == null) {
            return failure;
        }
        // clear the interrupt status: remaining work, such as writing the record, may use blocking calls
        Thread.interrupted();
        return error;
    }

    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(previousHandler);
    }
}
