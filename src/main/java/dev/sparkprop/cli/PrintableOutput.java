package dev.sparkprop.cli;

import dev.sparkprop.text.PrintableText;
import java.io.PrintStream;

/**
 * A stream of text for people. Texts of files and of other programs may be part of it, so it writes control characters as their numbers,
 * which would otherwise be commands to a terminal. Bytes are written as they are.
 */
final class PrintableOutput extends PrintStream {
    private final PrintStream plain;

    private PrintableOutput(PrintStream plain) {
        super(plain, true);
        this.plain = plain;
    }

    /** Makes both of the process's streams printable. */
    static void install() {
        System.setOut(new PrintableOutput(System.out));
        System.setErr(new PrintableOutput(System.err));
    }

    // println, printf and append of PrintStream come here too

    @Override
    public void print(String text) {
        plain.print(PrintableText.of(String.valueOf(text)));
    }

    @Override
    public void print(Object object) {
        print(String.valueOf(object));
    }
}
