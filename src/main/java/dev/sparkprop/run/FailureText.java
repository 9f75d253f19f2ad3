package dev.sparkprop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.apache.spark.SparkException;

/** What a person reads about a failure. */
public final class FailureText {
    private FailureText() {}

    /** The message of a failure, or of what lies at the bottom of a failure of Spark's. */
    public static String of(Throwable failure) {
        boolean wrapper = failure instanceof SparkException
                || failure instanceof UncheckedIOException
                // as Hadoop's local file system has it
                || failure instanceof Error && failure.getCause() instanceof IOException;
        if (wrapper && failure.getCause() != null) {
            return of(failure.getCause());
        } else if (failure instanceof OutOfMemoryError) {
            return "Out of memory: " + failure.getMessage() + ", with a driver of "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB (give it more with --spark spark.driver.memory=8g)";
        } else if (failure instanceof StackOverflowError) {
            return "Out of stack memory: what was read is nested too deeply";
        } else if (failure instanceof FileSystemException system && system.getReason() == null) {
            return system.getMessage() + ": " + reason(system);
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** The words for failures that the JDK leaves to their class. */
    private static String reason(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        } else if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        } else if (failure instanceof FileAlreadyExistsException) {
            return "it exists";
        } else if (failure instanceof NotDirectoryException) {
            return "not a directory";
        } else if (failure instanceof DirectoryNotEmptyException) {
            return "the directory is not empty";
        }
        return failure.getClass().getSimpleName();
    }
}
