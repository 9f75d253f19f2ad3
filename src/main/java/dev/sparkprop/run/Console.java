package dev.sparkprop.run;

/** Where lines for the user go. */
@FunctionalInterface
public interface Console {
    /** A line of text. */
    void line(String text);

    /** A warning, which is shown even with {@code --quiet}. */
    default void warning(String text) {
        line(text);
    }

    /** A transient progress message. */
    default void progress(String text) {
        line(text);
    }
}
