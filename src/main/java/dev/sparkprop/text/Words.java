package dev.sparkprop.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers for people. */
public final class Words {
    private Words() {}

    /** Returns text such as {@code 1 row} or {@code 1,234 rows}, for nouns whose plural ends in s. */
    public static String count(long number, String noun) {
        return String.format(Locale.ROOT, number == 1 ? "%,d %s" : "%,d %ss", number, noun);
    }

    /** Returns a number of bytes in MiB, such as {@code 12,054 MiB}. */
    public static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", bytes >> 20);
    }

    /** Returns a number rounded to significant digits, without an exponent: {@code 13,740} or {@code 0.02}. */
    public static String rounded(double number, int digits) {
        if (!Double.isFinite(number)) {
            return String.valueOf(number);
        }
        BigDecimal value = new BigDecimal(number, new MathContext(digits));
        return String.format(Locale.ROOT, "%,." + Math.max(0, value.scale()) + "f", value);
    }
}
