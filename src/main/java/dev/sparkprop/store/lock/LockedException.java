package dev.sparkprop.store.lock;

import java.io.IOException;

/** Thrown if another run owns a directory. */
public final class LockedException extends IOException {
    private static final long serialVersionUID = 1;

    LockedException(String message) {
        super(message);
    }
}
