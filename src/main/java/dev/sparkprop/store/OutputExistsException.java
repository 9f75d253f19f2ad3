package dev.sparkprop.store;

import java.io.IOException;

/** Thrown if the output of a run exists already. */
public final class OutputExistsException extends IOException {
    private static final long serialVersionUID = 1;

    public OutputExistsException(String message) {
        super(message);
    }
}
