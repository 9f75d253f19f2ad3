package dev.sparkprop.config;

import java.util.List;

/** The configuration is invalid. The message lists all problems. */
public final class InvalidConfigException extends Exception {
    private static final long serialVersionUID = 1;

    public InvalidConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
