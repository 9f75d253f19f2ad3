package dev.sparkprop.spark.files;

/** Thrown if the contents of files are invalid. */
public final class BadDataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates an exception with the complete message for the user. */
    public BadDataException(String message) {
        super(message);
    }
}
