package dev.sparkprop.cli;

import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.kernel.KernelsUnavailableException;
import dev.sparkprop.spark.BadDataException;
import dev.sparkprop.spark.DataChangedException;
import dev.sparkprop.spark.InvalidSparkSettingException;
import dev.sparkprop.spark.NoExecutorsException;
import dev.sparkprop.spark.ResultSizeException;
import dev.sparkprop.store.InvalidFileException;
import dev.sparkprop.store.LockedException;
import dev.sparkprop.store.OutputExistsException;
import dev.sparkprop.training.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.apache.spark.SparkException;

/** How the process ends, by sysexits.h where that has a word for it. */
enum ExitCode {
    FINISHED(0),
    CHECK_FAILED(1),
    USAGE(2),
    STOPPED(3),
    DIVERGED(4),
    BAD_DATA(65),
    NO_INPUT(66),
    INTERNAL_ERROR(70),
    OUTPUT_EXISTS(73),
    IO_ERROR(74),
    TRY_AGAIN(75),
    BAD_CONFIG(78);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The code for a failure; anything not foreseen is an error of ours. */
    static ExitCode of(Throwable failure) {
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
