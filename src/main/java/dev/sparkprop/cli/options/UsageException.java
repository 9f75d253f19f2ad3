package dev.sparkprop.cli.options;

/** The command line is invalid. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
