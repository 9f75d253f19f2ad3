package dev.sparkprop.text;

/** Parses decimal numbers. */
public final class NumberText {
    /** Powers of ten that a double represents exactly. */
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** A double represents every integer with at most this many digits exactly. */
    private static final int EXACT_DIGITS = 15;

    private NumberText() {}

    /** Returns the double nearest to a decimal number, with or without an exponent. NaN for any other text. */
    public static double parse(String text) {
        return parse(text, 0, text.length());
    }

    /** Parses a part of a text as {@link #parse(String)} does. Blanks around the number are ignored. */
    public static double parse(String text, int from, int until) {
        while (from < until && text.charAt(from) <= ' ') {
            from++;
        }
        while (from < until && text.charAt(until - 1) <= ' ') {
            until--;
        }
        int at = from;
        boolean negative = at < until && text.charAt(at) == '-';
        if (negative || (at < until && text.charAt(at) == '+')) {
            at++;
        }
        long digits = 0;
        int count = 0;
        int point = -1;
        for (; at < until; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                // may overflow: the value is not used for more than EXACT_DIGITS digits
                digits = digits * 10 + (c - '0');
                count++;
            } else if (c == '.' && point < 0) {
                point = count;
            } else {
                break;
            }
        }
        if (count == 0) {
            return Double.NaN;
        }
        int fraction = point < 0 ? 0 : count - point;
        if (at < until) {
            return isExponent(text, at, until) ? Double.parseDouble(text.substring(from, until)) : Double.NaN;
        }
        if (count > EXACT_DIGITS) {
            return Double.parseDouble(text.substring(from, until));
        }
        // both are exact, so the quotient is the nearest double (Clinger, "How to read floating point numbers", 1990)
        double value = digits / POWERS[fraction];
        return negative ? -value : value;
    }

    private static boolean isExponent(String text, int at, int until) {
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        int first = at + 1;
        if (first < until && (text.charAt(first) == '-' || text.charAt(first) == '+')) {
            first++;
        }
        for (int i = first; i < until; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return first < until;
    }
}
