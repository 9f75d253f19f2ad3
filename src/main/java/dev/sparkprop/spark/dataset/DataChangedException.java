package dev.sparkprop.spark.dataset;

/** Thrown if data differ when they are packed again. Serialized from executors to the driver. */
public final class DataChangedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates an exception with the complete message for the user. */
    public DataChangedException(String message) {
        super(message);
    }
}
