package dev.sparkprop.spark;

import dev.sparkprop.data.FileData.Csv;
import dev.sparkprop.data.NumberText;

/** Goes through the values of a line. */
final class CsvLine {
    private final char separator;
    private final char quote;
    private final String line;
    private int from;
    private int until = -1;
    private boolean quoted;
    private boolean unclosed;

    CsvLine(Csv format, String line) {
        this.separator = format.separator();
        this.quote = format.quote();
        this.line = line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    /** Moves to the next value, if there is one. */
    boolean next() {
        if (until >= line.length()) {
            return false;
        }
        from = until + 1;
        quoted = from < line.length() && line.charAt(from) == quote;
        until = line.indexOf(separator, quoted ? closingQuote() : from);
        if (until < 0) {
            until = line.length();
        }
        return true;
    }

    private int closingQuote() {
        int at = from + 1;
        while (true) {
            int closing = line.indexOf(quote, at);
            if (closing < 0) {
                unclosed = true;
                return line.length();
            }
            if (closing + 1 == line.length() || line.charAt(closing + 1) != quote) {
                return closing;
            }
            at = closing + 2;
        }
    }

    /** Whether the end of the line came before that of a quoted value. */
    boolean unclosed() {
        return unclosed;
    }

    /** The value without quotes round it. */
    String text() {
        String text = line.substring(from, until);
        if (!quoted || unclosed) {
            return text;
        }
        String inner = text.stripTrailing();
        if (inner.length() < 2 || inner.charAt(inner.length() - 1) != quote) {
            return text;
        }
        String once = String.valueOf(quote);
        return inner.substring(1, inner.length() - 1).replace(once + once, once);
    }

    /** The value as a number; NaN if it is none. */
    double number() {
        return quoted ? NumberText.parse(text()) : NumberText.parse(line, from, until);
    }
}
