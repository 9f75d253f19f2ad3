package dev.sparkprop.store.files;

import java.io.IOException;

/** Thrown if a file exists but its contents are invalid. */
public final class InvalidFileException extends IOException {
    private static final long serialVersionUID = 1;

    public InvalidFileException(Object path, String problem) {
        super("Invalid file " + path + ": " + problem);
    }
}
