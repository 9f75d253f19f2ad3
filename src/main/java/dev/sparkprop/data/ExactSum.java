package dev.sparkprop.data;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * A sum of doubles without any rounding, so that it is the same in whatever order and grouping they are added. A fixed-point
 * number wide enough for all of them (Kulisch's accumulator), in limbs of 32 bits with room for carries.
 */
public final class ExactSum implements Serializable {
    private static final long serialVersionUID = 1;

    /** The least bit of all doubles is 2⁻¹⁰⁷⁴. */
    static final int FRACTION_BITS = 1074;

    /** Values of up to 2²⁵⁷, the square of any float, and 2⁶³ of them. */
    private static final int LIMBS = (FRACTION_BITS + 257 + 63) / 32 + 3;

    /** Twice as many digits as a double has. */
    static final MathContext DIGITS = new MathContext(34);

    private static final BigDecimal UNIT = new BigDecimal(BigInteger.ONE.shiftLeft(FRACTION_BITS));

    private static final long LOW = 0xffff_ffffL;

    /** A limb gets less than 2³³ from one value, and holds 2⁶³. */
    private static final int CARRY_AFTER = 1 << 29;

    private final long[] limbs = new long[LIMBS];
    private int uncarried;

    /** Adds a value of at most 2²⁵⁷. */
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

    /** Adds all that was added to another sum. */
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

    /** The sum, rounded. */
    public double value() {
        return value(scaled());
    }

    /** A double from 2¹⁰⁷⁴ times as much. */
    static double value(BigInteger scaled) {
        return new BigDecimal(scaled).divide(UNIT, DIGITS).doubleValue();
    }

    /** The sum times 2¹⁰⁷⁴, a whole number. */
    BigInteger scaled() {
        BigInteger sum = BigInteger.ZERO;
        for (int i = LIMBS - 1; i >= 0; i--) {
            sum = sum.shiftLeft(32).add(BigInteger.valueOf(limbs[i]));
        }
        return sum;
    }
}
