package dev.sparkprop.config;

import java.util.List;

/** A configuration that cannot be run, with all that is wrong with it. */
public final class InvalidConfigException extends Exception {
    private static final long serialVersionUID = 1;

    public InvalidConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
