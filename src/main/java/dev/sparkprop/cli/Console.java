package dev.sparkprop.cli;

/** Who is told what happens, a line at a time. */
@FunctionalInterface
interface Console {
    void line(String text);

    /** What somebody should know who wants to know nothing else. */
    default void warning(String text) {
        line(text);
    }

    /** How far something is, which is soon no longer true. */
    default void progress(String text) {
        line(text);
    }
}
