package dev.sparkprop.spark;

/** Spark cannot start with the settings that it was given. */
public final class InvalidSparkSettingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidSparkSettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
