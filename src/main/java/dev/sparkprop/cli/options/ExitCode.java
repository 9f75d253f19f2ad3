package dev.sparkprop.cli.options;

import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.kernel.KernelsUnavailableException;
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

/** How the process ends, by sysexits.h where that has a word for it. */
public enum ExitCode {
    FINISHED(0, "finished"),
    CHECK_FAILED(1, "check found a gradient that is wrong"),
    USAGE(2, "usage"),
    STOPPED(3, "stopped by a signal or training.stop.max-time, with a checkpoint to go on from"),
    DIVERGED(4, "diverged"),
    BAD_DATA(65, "bad data"),
    NO_INPUT(66, "input missing"),
    INTERNAL_ERROR(70, "internal error"),
    OUTPUT_EXISTS(73, "output exists"),
    IO_ERROR(74, "input or output failed"),
    TRY_AGAIN(75, "try again: another run has the output, no executor came in time, or no Master answered"),
    BAD_CONFIG(78, "bad configuration, or a bad setting of Spark");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number that the shell sees. */
    public int code() {
        return code;
    }

    /** What it means, in the words of {@code --help}. */
    public String meaning() {
        return meaning;
    }

    /** The code for a failure; anything not foreseen is an error of ours. */
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
                // as Hadoop's local file system throws
                || failure instanceof Error && failure.getCause() instanceof IOException) {
            return IO_ERROR;
        } else if (failure instanceof InvalidConfigException
                || failure instanceof KernelsUnavailableException
                || failure instanceof InvalidSparkSettingException
                || failure instanceof ResultSizeException) {
            return BAD_CONFIG;
        }
        return INTERNAL_ERROR;
    }
}
