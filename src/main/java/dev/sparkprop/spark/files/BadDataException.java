package dev.sparkprop.spark.files;

/** Files do not hold what can be trained on. */
public final class BadDataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the whole text for the user. */
    public BadDataException(String message) {
        super(message);
    }
}
