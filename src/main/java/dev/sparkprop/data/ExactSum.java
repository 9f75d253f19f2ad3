package dev.sparkprop.data;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * A sum of doubles without rounding, so that the result does not depend on the order or grouping of the
 * additions. It is a fixed-point number wide enough for all summands (a Kulisch accumulator), in 32-bit limbs
 * with room for carries.
 */
public final class ExactSum implements Serializable {
    private static final long serialVersionUID = 1;

    /** The lowest bit of any double is 2⁻¹⁰⁷⁴. */
    static final int FRACTION_BITS = 1074;

    /** Enough for 2⁶³ values of up to 2²⁵⁷, which covers the square of any float. */
    private static final int LIMBS = (FRACTION_BITS + 257 + 63) / 32 + 3;

    /** Twice the precision of a double. */
    static final MathContext DIGITS = new MathContext(34);

    private static final BigDecimal UNIT = new BigDecimal(BigInteger.ONE.shiftLeft(FRACTION_BITS));

    private static final long LOW = 0xffff_ffffL;

    /** Each value adds less than 2³³ to a limb, which can hold up to 2⁶³. */
    private static final int CARRY_AFTER = 1 << 29;

    private final long[] limbs = new long[LIMBS];
    private int uncarried;

    /** Adds a value whose magnitude is at most 2²⁵⁷. */
    public void add(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7ff;
        long mantissa = bits & ((1L << 52) - 1);
        if (exponent == 0) {
            exponent = 1;
        } else {
            mantissa |= 1L << 52;
        }
        // the mantissa's lowest bit is bit exponent − 1 of the sum
        int limb = (exponent - 1) >>> 5;
        int shift = (exponent - 1) & 31;
        long low = (mantissa & LOW) << shift;
        long high = (mantissa >>> 32) << shift;
        long sign = bits < 0 ? -1 : 1;
        limbs[limb] += sign * (low & LOW);
        limbs[limb + 1] += sign * ((low >>> 32) + (high & LOW));
        limbs[limb + 2] += sign * (high >>> 32);
        if (++uncarried == CARRY_AFTER) {
            carry();
        }
    }

    /** Adds all values that were added to the other sum. */
    public void add(ExactSum other) {
        carry();
        other.carry();
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] += other.limbs[i];
        }
    }

    private void carry() {
        for (int i = 0; i < LIMBS - 1; i++) {
            limbs[i + 1] += limbs[i] >> 32;
            limbs[i] &= LOW;
        }
        uncarried = 0;
    }

    /** Returns the sum, rounded to a double. */
    public double value() {
        return value(scaled());
    }

    /** Returns {@code scaled} · 2⁻¹⁰⁷⁴ as a double. */
    static double value(BigInteger scaled) {
        return new BigDecimal(scaled).divide(UNIT, DIGITS).doubleValue();
    }

    /** Returns the sum multiplied by 2¹⁰⁷⁴, which is an integer. */
    BigInteger scaled() {
        BigInteger sum = BigInteger.ZERO;
        for (int i = LIMBS - 1; i >= 0; i--) {
            sum = sum.shiftLeft(32).add(BigInteger.valueOf(limbs[i]));
        }
        return sum;
    }
}
