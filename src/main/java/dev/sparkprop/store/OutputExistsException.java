package dev.sparkprop.store;

import java.io.IOException;

/** A run would write where something is already. */
public final class OutputExistsException extends IOException {
    private static final long serialVersionUID = 1;

    public OutputExistsException(String message) {
        super(message);
    }
}
