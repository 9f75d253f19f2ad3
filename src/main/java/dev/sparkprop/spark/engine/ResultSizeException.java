package dev.sparkprop.spark.engine;

/** Spark is set to refuse results of the size that a net needs. */
public final class ResultSizeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ResultSizeException(String message) {
        super(message);
    }
}
