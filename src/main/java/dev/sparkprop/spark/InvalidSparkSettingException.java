package dev.sparkprop.spark;

/** Thrown if Spark cannot start with the given settings. */
public final class InvalidSparkSettingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidSparkSettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
