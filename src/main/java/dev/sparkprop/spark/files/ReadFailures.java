package dev.sparkprop.spark.files;

import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.spark.dataset.DataChangedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** Explains which file Spark could not read and why. */
public final class ReadFailures {
    /** Spark's error conditions for invalid files. */
    private static final Pattern INVALID_FILE =
            Pattern.compile("FAILED_READ_FILE|CANNOT_READ_FILE_FOOTER|MALFORMED|PARQUET_COLUMN_DATA_TYPE_MISMATCH");

    private ReadFailures() {}

    /**
     * Runs work that reads files and returns its result.
     *
     * @throws IOException if a file cannot be read; failures inside Spark are thrown as an
     *     {@link UncheckedIOException} that names the files
     * @throws BadDataException if the contents of a file are invalid
     */
    public static <T> T translating(FileData files, Callable<T> work) throws IOException {
        try {
            return work.call();
        } catch (IOException | BadDataException e) {
            throw e;
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            throw of(files, e);
        }
    }

    /**
     * Translates a failure: bad data if Spark cannot interpret a file, for example because it is not a Parquet file.
     */
    private static RuntimeException of(FileData files, Exception failure) {
        String place = files.place();
        String column = "";
        boolean bad = false;
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadDataException || cause instanceof DataChangedException) {
                return (RuntimeException) cause;
            } else if (cause instanceof SparkThrowable known
                    && INVALID_FILE.matcher(known.getCondition() + "").find()) {
                bad = true;
                Map<String, String> parameters = known.getMessageParameters();
                place = parameters.containsKey("path") ? file(parameters.get("path")) : place;
                column = parameters.containsKey("column") ? mismatch(parameters) : column;
            }
            bad |= cause instanceof AnalysisException || cause instanceof URISyntaxException;
            root = cause;
        }
        String reason = column.isEmpty() ? firstLine(root) : column;
        boolean alreadyDescribed = reason.startsWith("Cannot read ");
        String message = alreadyDescribed ? reason : "Cannot read " + place + ": " + reason;
        if (bad) {
            return new BadDataException(message);
        }
        return failure instanceof RuntimeException unexpected && !(root instanceof IOException)
                ? unexpected
                : new UncheckedIOException(new IOException(message, failure));
    }

    /** Returns an exception for files without any example. */
    public static BadDataException noExamples(FileData files) {
        return new BadDataException("No examples in " + files.place());
    }

    private static String mismatch(Map<String, String> parameters) {
        return "Invalid column " + parameters.get("column").replaceAll("[\\[\\]`]", "") + ": "
                + parameters.get("actualType") + " (must be "
                + parameters.get("expectedType").toLowerCase(Locale.ROOT)
                + ", as in the first file)";
    }

    private static String file(String url) {
        try {
            return FileSystems.shown(url);
        } catch (IllegalArgumentException e) {
            return url;
        }
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
