package dev.sparkprop.run;

import dev.sparkprop.spark.dataset.TaskFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.apache.spark.SparkException;

/** Describes failures to the user. */
public final class FailureText {
    private FailureText() {}

    /** Returns the message of a failure. For a wrapper such as a Spark exception, returns the message of its cause. */
    public static String of(Throwable failure) {
        boolean wrapper = failure instanceof SparkException
                || failure instanceof UncheckedIOException
                // Hadoop's local file system wraps an IOException in an Error
                || failure instanceof Error && failure.getCause() instanceof IOException;
        if (wrapper && failure.getCause() != null) {
            return of(failure.getCause());
        } else if (failure instanceof OutOfMemoryError) {
            return "Out of memory: " + failure.getMessage() + ", with a driver of " + TaskFailures.driverMemory();
        } else if (failure instanceof StackOverflowError) {
            return "Out of stack memory: the input is nested too deeply";
        } else if (failure instanceof FileSystemException system && system.getReason() == null) {
            return system.getMessage() + ": " + reason(system);
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** Returns a description of failures for which the JDK provides only a class. */
    private static String reason(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        } else if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        } else if (failure instanceof FileAlreadyExistsException) {
            return "already exists";
        } else if (failure instanceof NotDirectoryException) {
            return "not a directory";
        } else if (failure instanceof DirectoryNotEmptyException) {
            return "directory not empty";
        }
        return failure.getClass().getSimpleName();
    }
}
