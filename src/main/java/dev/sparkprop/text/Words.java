package dev.sparkprop.text;

import java.util.Locale;

/** Numbers with nouns. */
public final class Words {
    private Words() {}

    /** Returns text such as {@code 1 row} or {@code 1,234 rows}, for nouns whose plural ends in s. */
    public static String count(long number, String noun) {
        return String.format(Locale.ROOT, number == 1 ? "%,d %s" : "%,d %ss", number, noun);
    }
}
