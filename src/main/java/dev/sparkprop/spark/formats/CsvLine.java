package dev.sparkprop.spark.formats;

import dev.sparkprop.data.tables.FileData.Csv;
import dev.sparkprop.text.NumberText;

/** Iterates over the values of a line. */
public final class CsvLine {
    private final char separator;
    private final char quote;
    private final char escape;
    private final String line;
    private int from;
    private int until = -1;
    private boolean quoted;
    private boolean unclosed;

    CsvLine(Csv format, String line) {
        this.separator = format.separator();
        this.quote = format.quote();
        this.escape = format.escape();
        this.line = line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    /** Moves to the next value. Returns false if there is none. */
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
        int closing = closingQuote(from + 1);
        unclosed |= closing < 0;
        return closing < 0 ? line.length() : closing;
    }

    /**
     * Returns the position of the closing quote of a quoted value that continues at {@code start}; −1 if the value is
     * not closed in this line.
     */
    private int closingQuote(int start) {
        int at = start;
        while (true) {
            int closing = line.indexOf(quote, at);
            if (closing < 0) {
                return -1;
            }
            if (isEscaped(closing, at)) {
                at = closing + 1;
            } else if (closing + 1 == line.length() || line.charAt(closing + 1) != quote) {
                return closing;
            } else {
                at = closing + 2;
            }
        }
    }

    /**
     * Returns true if the character at a position is preceded by an odd number of consecutive escape characters, at
     * {@code start} or later.
     */
    private boolean isEscaped(int position, int start) {
        int at = position;
        while (escape != Csv.NO_ESCAPE && at > start && line.charAt(at - 1) == escape) {
            at--;
        }
        return (position - at) % 2 == 1;
    }

    /**
     * Returns true if a quoted value is open at the end of a line. {@code open} states whether one is open at its
     * start.
     */
    static boolean endsInQuotes(Csv format, String line, boolean open) {
        CsvLine cursor = new CsvLine(format, line);
        if (open) {
            int closing = cursor.closingQuote(0);
            if (closing < 0) {
                return true;
            }
            cursor.until = cursor.line.indexOf(format.separator(), closing);
            if (cursor.until < 0) {
                return false;
            }
        }
        while (cursor.next()) {
            // continue to the end
        }
        return cursor.unclosed;
    }

    /** Returns true if the line ended within a quoted value. */
    boolean unclosed() {
        return unclosed;
    }

    /** Returns the value without its quotes. */
    public String text() {
        String text = line.substring(from, until);
        if (!quoted || unclosed) {
            return text;
        }
        String inner = text.stripTrailing();
        if (inner.length() < 2 || inner.charAt(inner.length() - 1) != quote) {
            return text;
        }
        return unescaped(inner.substring(1, inner.length() - 1));
    }

    private String unescaped(String inner) {
        String once = String.valueOf(quote);
        if (escape == Csv.NO_ESCAPE || inner.indexOf(escape) < 0) {
            return inner.replace(once + once, once);
        }
        StringBuilder text = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            boolean hasNext = i + 1 < inner.length();
            boolean escapes = hasNext && (c == escape || (c == quote && inner.charAt(i + 1) == quote));
            text.append(escapes ? inner.charAt(++i) : c);
        }
        return text.toString();
    }

    /** Returns the value as a number, with 1 for true and 0 for false; NaN if it is neither a number nor a boolean. */
    public double number() {
        double number = quoted ? NumberText.parse(text()) : NumberText.parse(line, from, until);
        return Double.isNaN(number) ? flag(text().strip()) : number;
    }

    private static double flag(String text) {
        return text.equalsIgnoreCase("true") ? 1 : text.equalsIgnoreCase("false") ? 0 : Double.NaN;
    }
}
