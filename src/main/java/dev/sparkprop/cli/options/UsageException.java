package dev.sparkprop.cli.options;

/** A command line that asks for what cannot be. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
