package dev.sparkprop.spark;

import java.io.IOException;

/** The cluster gave nothing to run on, in the time that was allowed. */
public final class NoExecutorsException extends IOException {
    private static final long serialVersionUID = 1;

    NoExecutorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
