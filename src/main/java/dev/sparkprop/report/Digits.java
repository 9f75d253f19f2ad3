package dev.sparkprop.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Rounds numbers for display. */
final class Digits {
    private static final MathContext SIX = new MathContext(6);

    private Digits() {}

    /** Returns a finite number rounded to six significant digits. */
    static double six(double value) {
        return new BigDecimal(value, SIX).doubleValue();
    }
}
