package dev.sparkprop.kernel;

/**
 * The functions that kernels need, in float32 operations that every machine rounds alike, so that a vector of them has
 * the bits of the scalar. {@link Math} and {@link StrictMath} serve neither purpose: the first may differ between machines,
 * the second cannot be done many lanes at a time.
 *
 * <p>A unit in the last place (ulp) is that of the float32 nearest to the true value.
 */
final class FloatMath {
    /** exp of anything below is smaller than half the smallest normal float and is returned as 0. */
    static final float EXP_MIN = -88f;

    static final float LOG2_E = 1.44269504f;
    /** 1.5·2²³: adding it rounds to an integer and leaves that integer in the low bits of the sum. */
    static final float ROUND = 12582912f;

    static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
    static final int EXPONENT_BIAS = 127;
    static final int MANTISSA_BITS = 23;
    /** ln 2 in two parts; the first has 11 trailing zero bits, so that its product with an exponent is exact. */
    static final float LN2_HIGH = 0.693145752f;

    static final float LN2_LOW = 1.42860677e-6f;

    /** (exp(r) − 1 − r)/r² for |r| ≤ ln(2)/2, interpolated at Chebyshev points; relative error of exp below 1.1e-8. */
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
     * exp(x) for x ≤ 0. Within 1 ulp where the result is a normal float; results below 2⁻¹²⁶ are 0. NaN gives NaN, −∞ gives
     * 0, ±0 gives 1.
     *
     * <p>With n the integer nearest to x/ln 2 and r = x − n·ln 2, exp(x) = 2ⁿ·exp(r), and exp(r) = 1 + r + r²·q(r).
     */
    static float expNonPositive(float x) {
        float clamped = x < EXP_MIN ? EXP_MIN : x;
        float shifted = Math.fma(clamped, LOG2_E, ROUND);
        float n = shifted - ROUND;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, clamped));
        float q = Math.fma(Math.fma(Math.fma(Math.fma(EXP_6, r, EXP_5), r, EXP_4), r, EXP_3), r, EXP_2);
        float p = Math.fma(Math.fma(q, r, 1f), r, 1f);
        // n is −127 to 0; its lowest value makes the scale 0, which is the flush of what is too small
        int exponent = Float.floatToRawIntBits(shifted) - ROUND_BITS + EXPONENT_BIAS;
        return p * Float.intBitsToFloat(exponent << MANTISSA_BITS);
    }

    /** log(1 + x) for 0 ≤ x ≤ 1, within 2 ulp. NaN gives NaN, 0 gives 0. */
    static float log1p(float x) {
        float p = Math.fma(LOG_9, x, LOG_8);
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
     * 1/(1 + exp(−z)), within 3 ulp; results below 2⁻¹²⁶ are 0. NaN gives NaN, −∞ gives 0, +∞ gives 1. Only exp of
     * something negative is taken, which cannot overflow.
     */
    static float sigmoid(float z) {
        return sigmoidOf(z, expNonPositive(-Math.abs(z)));
    }

    /** The sigmoid of z from e = exp(−|z|). */
    static float sigmoidOf(float z, float e) {
        return (z < 0f ? e : 1f) / (1f + e);
    }
}
