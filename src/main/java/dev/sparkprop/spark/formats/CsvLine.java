package dev.sparkprop.spark.formats;

import dev.sparkprop.data.FileData.Csv;
import dev.sparkprop.text.NumberText;

/** Goes through the values of a line. */
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
        int closing = closingQuote(from + 1);
        unclosed |= closing < 0;
        return closing < 0 ? line.length() : closing;
    }

    /** Where a quoted value ends that goes on at a position; −1 if it does not end in this line. */
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

    /** Whether an odd number of escapes is before a position, none of them before another one. */
    private boolean isEscaped(int position, int least) {
        int at = position;
        while (escape != Csv.NO_ESCAPE && at > least && line.charAt(at - 1) == escape) {
            at--;
        }
        return (position - at) % 2 == 1;
    }

    /** Whether a quoted value is open at the end of a line, before which one may be open. */
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
            // to its end
        }
        return cursor.unclosed;
    }

    /** Whether the end of the line came before that of a quoted value. */
    boolean unclosed() {
        return unclosed;
    }

    /** The value without quotes round it. */
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
            boolean followed = i + 1 < inner.length();
            boolean means = followed && (c == escape || (c == quote && inner.charAt(i + 1) == quote));
            text.append(means ? inner.charAt(++i) : c);
        }
        return text.toString();
    }

    /** The value as a number, which is 1 for true and 0 for false; NaN if it is none. */
    public double number() {
        double number = quoted ? NumberText.parse(text()) : NumberText.parse(line, from, until);
        return Double.isNaN(number) ? flag(text().strip()) : number;
    }

    private static double flag(String text) {
        return text.equalsIgnoreCase("true") ? 1 : text.equalsIgnoreCase("false") ? 0 : Double.NaN;
    }
}
