package dev.sparkprop.kernel;

/**
 * Elementary functions for the kernels, in float32 operations that all machines round identically, so that vector and
 * scalar versions give the same bits. {@link Math} may differ between machines, and {@link StrictMath} cannot be
 * vectorized. Error bounds are in units in the last place (ulp) of the float32 nearest to the true value.
 *
 * <p>Sigmoid and tanh are based on exp. Let n be the integer nearest to x/ln 2 and r = x − n·ln 2. Then
 * exp(x) = 2ⁿ·exp(r), where exp(r) = 1 + r + r²·q(r). Adding n to the exponent bits of exp(r) is exact, because
 * clamping x keeps the result a normal float.
 */
final class FloatMath {
    /**
     * 2⁻⁶³, about 1.1e-19. The product of two floats that are at least this large is at least 2⁻¹²⁶ and therefore
     * normal. A multiply-add with a subnormal number takes a hundred times as long; it made backward passes through
     * saturated layers five times as slow.
     */
    static final float SMALLEST = 0x1p-63f;

    static final int SMALLEST_BITS = Float.floatToRawIntBits(SMALLEST);

    /** Largest |x| for which exp is computed: exp(−43.66) is 1.093e-19, just above {@link #SMALLEST}. */
    static final float EXP_MAX = 43.66f;

    static final float LOG2_E = 1.44269504f;
    /** 1.5·2²³. Adding it rounds a float to an integer and leaves that integer in the low bits of the sum. */
    static final float ROUND = 12582912f;

    static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
    static final int EXPONENT_BIAS = 127;
    static final int MANTISSA_BITS = 23;
    static final int MANTISSA_MASK = (1 << MANTISSA_BITS) - 1;
    static final int ONE_BITS = EXPONENT_BIAS << MANTISSA_BITS;
    static final int SIGN_BIT = Integer.MIN_VALUE;
    /** The shift that moves the sign bit of a float to the lowest bit. */
    static final int SIGN_SHIFT = 31;

    /** Added to the bits of |x|, it makes NaN negative and no other value, so that an integer minimum preserves NaN. */
    static final int NAN_SHIFT = MANTISSA_MASK;

    static final int EXP_MAX_SHIFTED = Float.floatToRawIntBits(EXP_MAX) + NAN_SHIFT;

    /** ln 2 in two parts. The first has 11 trailing zero bits, so that its product with an exponent is exact. */
    static final float LN2_HIGH = 0.693145752f;

    static final float LN2_LOW = 1.42860677e-6f;

    /**
     * q(r) = (exp(r) − 1 − r)/r² for |r| ≤ ln(2)/2, interpolated at Chebyshev points; relative error of
     * exp below 1.1e-8.
     */
    static final float EXP_2 = 0.5f;

    static final float EXP_3 = 0.16666576f;
    static final float EXP_4 = 0.04166656f;
    static final float EXP_5 = 0.008363179f;
    static final float EXP_6 = 0.0013926184f;

    /** log(1 + x)/x for 0 ≤ x ≤ 1, interpolated at Chebyshev points; relative error below 1.5e-8. */
    static final float LOG_1 = -0.49999893f;

    static final float LOG_2 = 0.3332971f;
    static final float LOG_3 = -0.24951616f;
    static final float LOG_4 = 0.19663274f;
    static final float LOG_5 = -0.15269667f;
    static final float LOG_6 = 0.10543624f;
    static final float LOG_7 = -0.056373611f;
    static final float LOG_8 = 0.019542526f;
    static final float LOG_9 = -0.003176057f;

    private FloatMath() {}

    /**
     * Returns |x|, at most {@link #EXP_MAX}. NaN gives NaN and must be preserved, because it shows
     * that training diverged.
     */
    static float clampedMagnitude(float x) {
        int magnitude = Float.floatToRawIntBits(x) & ~SIGN_BIT;
        return Float.intBitsToFloat(Math.min(magnitude + NAN_SHIFT, EXP_MAX_SHIFTED) - NAN_SHIFT);
    }

    /** Returns x, or 0 if |x| is below {@link #SMALLEST}. NaN gives NaN. */
    static float withoutSmallest(float x) {
        return Math.abs(x) < SMALLEST ? 0f : x;
    }

    /** Returns exp(−x) for |x| ≤ {@link #EXP_MAX}, within 1 ulp. NaN gives NaN, ±0 gives 1. */
    static float expOfNegative(float x) {
        float shifted = Math.fma(x, -LOG2_E, ROUND);
        float r = remainder(x, shifted);
        float p = Math.fma(Math.fma(expQuotient(r), r, 1f), r, 1f);
        return Float.intBitsToFloat(Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(shifted) << MANTISSA_BITS));
    }

    /** Returns −x − n·ln 2, where {@code shifted} is n + {@link #ROUND}. */
    private static float remainder(float x, float shifted) {
        float n = shifted - ROUND;
        return Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, -x));
    }

    /** Returns q(r). */
    private static float expQuotient(float r) {
        return Math.fma(Math.fma(Math.fma(Math.fma(r, EXP_6, EXP_5), r, EXP_4), r, EXP_3), r, EXP_2);
    }

    /** Returns exp(−|x|) within 1 ulp. For |x| above 43.66, it returns 1.1e-19. NaN gives NaN, ±0 gives 1. */
    static float expOfNegativeMagnitude(float x) {
        return expOfNegative(clampedMagnitude(x));
    }

    /** Returns log(1 + x) for 0 ≤ x ≤ 1, within 2 ulp. NaN gives NaN, 0 gives 0. */
    static float log1p(float x) {
        float p = Math.fma(x, LOG_9, LOG_8);
        p = Math.fma(p, x, LOG_7);
        p = Math.fma(p, x, LOG_6);
        p = Math.fma(p, x, LOG_5);
        p = Math.fma(p, x, LOG_4);
        p = Math.fma(p, x, LOG_3);
        p = Math.fma(p, x, LOG_2);
        p = Math.fma(p, x, LOG_1);
        p = Math.fma(p, x, 1f);
        return p * x;
    }

    /**
     * Returns log(x) for finite x ≥ 1, within 2 ulp. With x = 2ᵏ·(1 + f), it is k·ln 2 + log1p(f), two terms that
     * never cancel. NaN is not supported and gives a number.
     */
    static float logFromOne(float x) {
        int bits = Float.floatToRawIntBits(x);
        float k = Float.intBitsToFloat((bits >> MANTISSA_BITS) + (ROUND_BITS - EXPONENT_BIAS)) - ROUND;
        float f = Float.intBitsToFloat((bits & MANTISSA_MASK) | ONE_BITS) - 1f;
        return Math.fma(k, LN2_HIGH, Math.fma(k, LN2_LOW, log1p(f)));
    }

    /**
     * Returns 1/(1 + exp(−z)), within 3 ulp for z ≥ −43.66. For smaller z, it returns 1.1e-19. NaN gives NaN, +∞
     * gives 1. A division is faster than the multiplications that would replace it: 4.4 ns compared to 5.1 ns
     * for 16 lanes.
     */
    static float sigmoid(float z) {
        return 1f / (1f + expOfNegative(Math.copySign(clampedMagnitude(z), z)));
    }

    /**
     * Returns true if first > second. The sign of second − first decides, because vectors can compute it without a
     * mask. +0 is larger than −0. The result is undefined for NaN and for infinities of the same sign.
     */
    static boolean larger(float first, float second) {
        return Float.floatToRawIntBits(second - first) < 0;
    }

    /** Returns the sigmoid of z within 3 ulp, given e = exp(−|z|), for callers that have already computed e. */
    static float sigmoidOf(float z, float e) {
        boolean negative = Float.floatToRawIntBits(z) < 0;
        return (negative ? e : 1f) / (e + 1f);
    }

    /**
     * Returns tanh(z) within 4 ulp. NaN gives NaN, ±∞ gives ±1, ±0 gives ±0. With m = exp(−2|z|) − 1, the result is
     * −m/(2 + m) with the sign of z. The computation of m keeps its relative accuracy near 0.
     */
    static float tanh(float z) {
        float x = clampedMagnitude(z + z);
        float shifted = Math.fma(x, -LOG2_E, ROUND);
        float r = remainder(x, shifted);
        float p = Math.fma(expQuotient(r) * r, r, r);
        float scale = Float.intBitsToFloat(ONE_BITS + (Float.floatToRawIntBits(shifted) << MANTISSA_BITS));
        float m = Math.fma(scale, p, scale - 1f);
        return Math.copySign((0f - m) / (2f + m), z);
    }
}
