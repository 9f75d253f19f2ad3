package dev.sparkprop.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkException;

/** Explains why Spark did not start, and determines whether a later attempt may succeed. */
final class StartFailures {
    /** Messages of Spark's scheduler for failures that depend on the time or the state of the cluster. */
    private static final Pattern UNREACHABLE = Pattern.compile("All masters are unresponsive|Spark cluster looks down");

    /** Matches failures in which the resource manager ended the application for its own reasons. */
    private static final Pattern APPLICATION = Pattern.compile("(?i)application");

    /** Causes that every attempt would repeat: a malformed number, a missing class or a missing directory. */
    private static final List<Class<? extends Throwable>> SETTINGS = List.of(
            IllegalArgumentException.class,
            ClassNotFoundException.class,
            NoClassDefFoundError.class,
            FileNotFoundException.class);

    private StartFailures() {}

    /**
     * Translates an exception thrown by Spark.
     *
     * @param started whether the context started, so that the first job failed
     * @return an exception to throw; a {@link NoExecutorsException} if a later attempt may succeed
     * @throws InvalidSparkSettingException if Spark cannot start with its settings
     */
    static IOException of(String master, boolean started, Exception failure) {
        String text =
                "Spark at " + master + (started ? " starts no executor: " : " does not start: ") + reason(failure);
        if (causes(failure)
                .anyMatch(cause -> cause instanceof ConnectException
                        || UNREACHABLE
                                .matcher(String.valueOf(cause.getMessage()))
                                .find())) {
            return new NoExecutorsException(text, failure);
        }
        boolean refused = !started
                && causes(failure).anyMatch(SparkException.class::isInstance)
                && !APPLICATION.matcher(text).find();
        if (refused || causes(failure).anyMatch(cause -> SETTINGS.stream().anyMatch(type -> type.isInstance(cause)))) {
            throw new InvalidSparkSettingException(text, failure);
        }
        return new IOException(text, failure);
    }

    /** Returns the innermost message, in one line. */
    private static String reason(Exception failure) {
        Throwable root = causes(failure).reduce(failure, (outer, inner) -> inner);
        Throwable described = root.getMessage() == null ? failure : root;
        String name = described instanceof SparkException || described instanceof IllegalArgumentException
                ? ""
                : described.getClass().getSimpleName() + ": ";
        return name + String.valueOf(described.getMessage()).lines().findFirst().orElse("");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
