package dev.sparkprop.store.lock;

import java.io.IOException;

/** Another run is at work where this one wants to be. */
public final class LockedException extends IOException {
    private static final long serialVersionUID = 1;

    LockedException(String message) {
        super(message);
    }
}
