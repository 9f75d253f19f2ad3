package dev.sparkprop.cli.train;

import java.io.PrintStream;

/**
 * Standard output with a live line at the bottom of a terminal. The line is overwritten in place, and other output is
 * printed above it. If the output is not a terminal, there is no live line.
 */
final class LiveLine {
    /**
     * Name of the environment variable with the width of the terminal. {@code scripts/sparkprop} sets it if standard
     * output is a terminal; it is 0 or empty if the width is unknown.
     */
    private static final String COLUMNS = "SPARKPROP_COLUMNS";

    private static final int USUAL_COLUMNS = 80;

    private final PrintStream out;
    /** Width of the terminal; 0 if the output is not a terminal. */
    private final int columns;

    private int shown;

    private LiveLine(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Returns output without a live line. */
    static LiveLine none(PrintStream out) {
        return new LiveLine(out, 0);
    }

    /** Returns output to a terminal of the given width. */
    static LiveLine on(PrintStream out, int columns) {
        return new LiveLine(out, columns);
    }

    /** Returns the standard output of this process. */
    static LiveLine ofProcess() {
        String columns = System.getenv(COLUMNS);
        if (columns != null) {
            return on(System.out, columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS);
        }
        // plain spark-submit: since Java 22, System.console() is not null even without a terminal, so there is no live
        // line
        boolean terminal = System.console() != null && Runtime.version().feature() < 22;
        return terminal ? on(System.out, USUAL_COLUMNS) : none(System.out);
    }

    /** Returns true if the output is a terminal. */
    boolean isTerminal() {
        return columns > 0;
    }

    /** Replaces the text of the live line, truncated to fit. */
    synchronized void show(String text) {
        if (isTerminal()) {
            // some terminals wrap as soon as the last column is filled
            String line = text.substring(0, Math.min(text.length(), columns - 1));
            out.write('\r');
            out.print(line + " ".repeat(Math.max(0, shown - line.length())));
            out.flush();
            shown = line.length();
        }
    }

    /** Prints whole lines. The live line disappears until it is shown again. */
    synchronized void print(String lines) {
        clear();
        out.print(lines);
        out.flush();
    }

    /** Erases the live line. */
    synchronized void clear() {
        if (shown > 0) {
            out.write('\r');
            out.print(" ".repeat(shown));
            out.write('\r');
            out.flush();
            shown = 0;
        }
    }
}
