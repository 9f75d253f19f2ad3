package dev.sparkprop.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for the eye. */
final class Digits {
    private static final MathContext SIX = new MathContext(6);

    private Digits() {}

    /** A finite number to six digits. */
    static double six(double value) {
        return new BigDecimal(value, SIX).doubleValue();
    }
}
