package dev.sparkprop.store.files;

import java.io.IOException;

/** A file is there but does not hold what it should. */
public final class InvalidFileException extends IOException {
    private static final long serialVersionUID = 1;

    public InvalidFileException(Object path, String problem) {
        super("Invalid file " + path + ": " + problem);
    }
}
