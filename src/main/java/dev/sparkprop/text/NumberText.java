package dev.sparkprop.text;

/** Numbers as people and programs write them in decimal. */
public final class NumberText {
    /** Powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** Digits of which every combination is a double. */
    private static final int EXACT_DIGITS = 15;

    private NumberText() {}

    /** The double nearest to a number in decimal, with or without an exponent; NaN for any other text. */
    public static double parse(String text) {
        return parse(text, 0, text.length());
    }

    /** The same for a part of a text; blanks round the number are no part of it. */
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
                // beyond what is exact the value is not used, so it may overflow
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
        // both exact, so that the quotient is the nearest double (Clinger, "How to read floating point numbers", 1990)
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
