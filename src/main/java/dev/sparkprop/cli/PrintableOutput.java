package dev.sparkprop.cli;

import dev.sparkprop.text.PrintableText;
import java.io.PrintStream;

/**
 * A text stream for terminals. The text may contain strings from files and other programs. Control characters, which
 * a terminal would interpret, are therefore printed as Unicode escapes. Bytes are written unchanged.
 */
final class PrintableOutput extends PrintStream {
    private final PrintStream plain;

    private PrintableOutput(PrintStream plain) {
        super(plain, true);
        this.plain = plain;
    }

    /** Replaces the process's standard output and standard error. */
    static void install() {
        System.setOut(new PrintableOutput(System.out));
        System.setErr(new PrintableOutput(System.err));
    }

    // println, printf and append of PrintStream call these methods

    @Override
    public void print(String text) {
        plain.print(PrintableText.of(String.valueOf(text)));
    }

    @Override
    public void print(Object object) {
        print(String.valueOf(object));
    }
}
