package dev.sparkprop.text;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels of classes. A label is text. Two different texts denote the same class only if they are exactly
 * the same number.
 */
public final class Label {
    /** Numbers by exact value, then all other labels in lexicographic order. */
    public static final Comparator<String> ORDER = new Order();

    /** A double represents every integer with at most this many digits exactly. */
    private static final int EXACT_DIGITS = 15;

    /**
     * Integers with at most this many digits are written without an exponent. It is the maximum precision of
     * a decimal column.
     */
    private static final int MAX_WHOLE_DIGITS = 38;

    private static final int MAX_EXPONENT_DIGITS = 6;

    private Label() {}

    /**
     * Returns the class name of a label, independent of the file format: {@code 2}, {@code 2.0} and {@code +2} are
     * the same. A label that starts with 0 and another digit, such as a postal code, is not a number.
     */
    public static String name(String text) {
        String label = text.strip();
        double number = number(label);
        if (Double.isNaN(number) || beginsWithZero(label)) {
            return label;
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < 0x1p53;
        return whole && label.length() <= EXACT_DIGITS && exponent(label) < 0
                ? Long.toString((long) number)
                : name(number, new BigDecimal(label));
    }

    private static String name(double nearest, BigDecimal exact) {
        BigDecimal shortest = exact.stripTrailingZeros();
        if (shortest.scale() <= 0 && (long) shortest.precision() - shortest.scale() <= MAX_WHOLE_DIGITS) {
            return shortest.toPlainString();
        }
        String rounded = Double.toString(nearest);
        return new BigDecimal(rounded).compareTo(exact) == 0 ? rounded : shortest.toString();
    }

    private static boolean beginsWithZero(String label) {
        return label.length() > 1 && label.charAt(0) == '0' && label.charAt(1) >= '0' && label.charAt(1) <= '9';
    }

    /** Returns the double nearest to a label. NaN if the label is not a number or too large for a double. */
    private static double number(String label) {
        double number = NumberText.parse(label);
        int exponent = exponent(label);
        // BigDecimal rejects longer exponents
        boolean readable = exponent < 0 || label.length() - exponent - 2 <= MAX_EXPONENT_DIGITS;
        return Double.isInfinite(number) || !readable ? Double.NaN : number;
    }

    private static int exponent(String label) {
        return Math.max(label.indexOf('e'), label.indexOf('E'));
    }

    /** Returns the position of each class name, which is the class number that replaces the label in examples. */
    public static Map<String, Integer> numbers(List<String> names) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String name : names) {
            // models of earlier versions may contain names such as 1.0E18
            numbers.put(name(name), numbers.size());
        }
        return numbers;
    }

    private static final class Order implements Comparator<String>, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public int compare(String a, String b) {
            // adding 0 turns −0 into 0; NaN, which stands for text, sorts after all numbers
            double x = number(a) + 0.0;
            int byValue = Double.compare(x, number(b) + 0.0);
            if (byValue != 0 || a.equals(b)) {
                return byValue;
            }
            // two numbers may have the same nearest double
            int byDigits = Double.isNaN(x) ? 0 : new BigDecimal(a.strip()).compareTo(new BigDecimal(b.strip()));
            return byDigits != 0 ? byDigits : a.compareTo(b);
        }
    }
}
