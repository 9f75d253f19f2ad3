package dev.sparkprop.spark;

import java.io.IOException;

/** Thrown if the cluster provides no executor in time. */
public final class NoExecutorsException extends IOException {
    private static final long serialVersionUID = 1;

    NoExecutorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
