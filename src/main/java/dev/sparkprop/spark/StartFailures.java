package dev.sparkprop.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkException;

/** Says why Spark did not start, and whether it may do so another time. */
final class StartFailures {
    /** What only another time or another state of the cluster can mend, as Spark's scheduler words it. */
    private static final Pattern UNREACHABLE = Pattern.compile("All masters are unresponsive|Spark cluster looks down");

    /** A resource manager ended the application, for reasons of its own. */
    private static final Pattern APPLICATION = Pattern.compile("(?i)application");

    /** Causes that are the same in each attempt: a number that is none, a class or a folder that is not there. */
    private static final List<Class<? extends Throwable>> SETTINGS = List.of(
            IllegalArgumentException.class,
            ClassNotFoundException.class,
            NoClassDefFoundError.class,
            FileNotFoundException.class);

    private StartFailures() {}

    /**
     * What to throw for what Spark threw.
     *
     * @param started whether it had a context, and gave up its first job
     */
    static IOException of(String master, boolean started, Exception failure) {
        String text = "Spark at " + master + (started ? " gives no executor: " : " does not start: ") + reason(failure);
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

    /** The innermost message, in one line. */
    private static String reason(Exception failure) {
        Throwable root = causes(failure).reduce(failure, (outer, inner) -> inner);
        Throwable told = root.getMessage() == null ? failure : root;
        String name = told instanceof SparkException || told instanceof IllegalArgumentException
                ? ""
                : told.getClass().getSimpleName() + ": ";
        return name + String.valueOf(told.getMessage()).lines().findFirst().orElse("");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
