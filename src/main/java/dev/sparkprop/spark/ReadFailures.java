package dev.sparkprop.spark;

import dev.sparkprop.data.FileData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** Says which file could not be read and why, where Spark gave up. */
final class ReadFailures {
    /** Spark's names for what is wrong with a file. */
    private static final Pattern NOT_UNDERSTOOD =
            Pattern.compile("FAILED_READ_FILE|CANNOT_READ_FILE_FOOTER|MALFORMED|PARQUET_COLUMN_DATA_TYPE_MISMATCH");

    private ReadFailures() {}

    /** What to throw: bad data if Spark does not understand a file, such as one that is no Parquet. */
    static RuntimeException of(FileData files, Exception failure) {
        String place = String.join(", ", files.paths());
        String column = "";
        boolean bad = false;
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadDataException || cause instanceof DataChangedException) {
                return (RuntimeException) cause;
            } else if (cause instanceof SparkThrowable known
                    && NOT_UNDERSTOOD.matcher(known.getCondition() + "").find()) {
                bad = true;
                Map<String, String> parameters = known.getMessageParameters();
                place = parameters.containsKey("path") ? file(parameters.get("path")) : place;
                column = parameters.containsKey("column") ? mismatch(parameters) : column;
            }
            bad |= cause instanceof AnalysisException || cause instanceof URISyntaxException;
            root = cause;
        }
        String reason = column.isEmpty() ? firstLine(root) : column;
        boolean said = reason.startsWith("Cannot read ");
        String message = said ? reason : "Cannot read " + place + ": " + reason;
        if (bad) {
            return new BadDataException(message);
        }
        return failure instanceof RuntimeException unforeseen && !(root instanceof IOException)
                ? unforeseen
                : new UncheckedIOException(new IOException(message, failure));
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
