package dev.sparkprop.cli.options;

import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.spark.InvalidSparkSettingException;
import dev.sparkprop.spark.NoExecutorsException;
import dev.sparkprop.spark.dataset.DataChangedException;
import dev.sparkprop.spark.engine.ResultSizeException;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.store.OutputExistsException;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.store.lock.LockedException;
import dev.sparkprop.training.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.apache.spark.SparkException;

/** Exit codes of the process. Values follow sysexits.h where it defines a matching code. */
public enum ExitCode {
    FINISHED(0, "finished"),
    CHECK_FAILED(1, "wrong gradient (command check)"),
    USAGE(2, "invalid command line"),
    STOPPED(3, "stopped by a signal or training.stop.max-time; --resume continues"),
    DIVERGED(4, "diverged: the cost or the gradient is not finite"),
    BAD_DATA(65, "invalid data in an input file"),
    NO_INPUT(66, "input file not found"),
    INTERNAL_ERROR(70, "bug in sparkprop"),
    OUTPUT_EXISTS(73, "output exists (--resume continues an earlier run, --overwrite replaces it)"),
    IO_ERROR(74, "reading, writing or Spark failed, or memory ran out"),
    TRY_AGAIN(
            75,
            "try again later: another run uses the output, no executor started in time, or the master did not answer"),
    BAD_CONFIG(78, "invalid configuration or Spark setting");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** Returns the exit code as a number. */
    public int code() {
        return code;
    }

    /** Returns the description that {@code --help} prints. */
    public String meaning() {
        return meaning;
    }

    /** Returns the code for a failure. Any unexpected failure is an internal error. */
    public static ExitCode of(Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked) {
            return of(unchecked.getCause());
        } else if (failure instanceof UsageException || failure instanceof InvalidPathException) {
            return USAGE;
        } else if (failure instanceof DivergedException) {
            return DIVERGED;
        } else if (failure instanceof LockedException || failure instanceof NoExecutorsException) {
            return TRY_AGAIN;
        } else if (failure instanceof InvalidFileException
                || failure instanceof BadDataException
                || failure instanceof DataChangedException) {
            return BAD_DATA;
        } else if (failure instanceof NoSuchFileException) {
            return NO_INPUT;
        } else if (failure instanceof OutputExistsException) {
            return OUTPUT_EXISTS;
        } else if (failure instanceof IOException
                || failure instanceof SparkException
                || failure instanceof VirtualMachineError
                // thrown by Hadoop's local file system
                || failure instanceof Error && failure.getCause() instanceof IOException) {
            return IO_ERROR;
        } else if (failure instanceof InvalidConfigException
                || failure instanceof KernelSelection.UnavailableException
                || failure instanceof InvalidSparkSettingException
                || failure instanceof ResultSizeException) {
            return BAD_CONFIG;
        }
        return INTERNAL_ERROR;
    }
}
