package dev.sparkprop.data.columns;

import java.util.Locale;
import java.util.Set;

/** Converts words for true and false, in any case, to 1 and 0. */
public final class TruthText {
    private static final Set<String> TRUE = Set.of("true", "yes", "t", "1");
    private static final Set<String> FALSE = Set.of("false", "no", "f", "0");

    private TruthText() {}

    /** Returns 1 or 0, or NaN for any other text. */
    public static double parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return TRUE.contains(word) ? 1 : FALSE.contains(word) ? 0 : Double.NaN;
    }
}
