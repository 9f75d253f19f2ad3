package dev.sparkprop.cli.train;

import java.io.PrintStream;

/**
 * Standard output with, on a terminal, a line at its foot that is written over in place, and beneath which nothing is: all that is
 * printed goes above it. Elsewhere there is no such line.
 */
final class LiveLine {
    /** What {@code scripts/sparkprop} says where its standard output is a terminal: how wide that is, or 0 if it does not know. */
    private static final String COLUMNS = "SPARKPROP_COLUMNS";

    private static final int USUAL_COLUMNS = 80;

    private final PrintStream out;
    /** Of the terminal; 0 if there is none. */
    private final int columns;

    private int shown;

    private LiveLine(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Output to something that is no terminal. */
    static LiveLine none(PrintStream out) {
        return new LiveLine(out, 0);
    }

    /** Output to a terminal of this width. */
    static LiveLine on(PrintStream out, int columns) {
        return new LiveLine(out, columns);
    }

    /** This process's standard output. */
    static LiveLine ofProcess() {
        String columns = System.getenv(COLUMNS);
        if (columns != null) {
            return on(System.out, columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS);
        }
        // of a plain spark-submit; Java 22 and later have a console also where there is no terminal
        boolean terminal = System.console() != null && Runtime.version().feature() < 22;
        return terminal ? on(System.out, USUAL_COLUMNS) : none(System.out);
    }

    /** Whether what is shown is seen. */
    boolean isTerminal() {
        return columns > 0;
    }

    /** Shows a text in place of the one before, cut so that it fits. */
    synchronized void show(String text) {
        if (isTerminal()) {
            // a terminal may go on to the next line when its last column is filled
            String line = text.substring(0, Math.min(text.length(), columns - 1));
            out.write('\r');
            out.print(line + " ".repeat(Math.max(0, shown - line.length())));
            out.flush();
            shown = line.length();
        }
    }

    /** Prints whole lines. The one at the foot goes, until it is shown again. */
    synchronized void print(String lines) {
        clear();
        out.print(lines);
        out.flush();
    }

    /** Takes the line away. */
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
