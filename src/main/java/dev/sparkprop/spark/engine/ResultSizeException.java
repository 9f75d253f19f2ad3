package dev.sparkprop.spark.engine;

/** Thrown if Spark's result size limit is too small for the network. */
public final class ResultSizeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ResultSizeException(String message) {
        super(message);
    }
}
