package dev.sparkprop.cli;

/** A command line that asks for what cannot be. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
