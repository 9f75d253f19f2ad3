package dev.sparkprop.run;

/** Receives lines of text for the user. */
@FunctionalInterface
public interface Console {
    /** Prints a line of text. */
    void line(String text);

    /** Prints a warning, which is shown even with {@code --quiet}. */
    default void warning(String text) {
        line(text);
    }

    /** Prints a transient progress message. */
    default void progress(String text) {
        line(text);
    }
}
