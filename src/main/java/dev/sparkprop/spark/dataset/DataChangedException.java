package dev.sparkprop.spark.dataset;

/** Data that were packed again are not those that were packed before. Travels from executors to the driver. */
public final class DataChangedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the whole text for the user. */
    public DataChangedException(String message) {
        super(message);
    }
}
