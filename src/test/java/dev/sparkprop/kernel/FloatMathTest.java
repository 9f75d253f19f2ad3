package dev.sparkprop.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FloatMathTest {
    /** A prime, so that the sweep meets all low bits. */
    private static final int STRIDE = 61;

    @FunctionalInterface
    private interface FloatFunction {
        float apply(float x);
    }

    @Test
    void expIsWithinOneUlpWhereItsResultIsNormal() {
        // exp(−87.33) is just above the smallest normal float
        assertThat(largestError(-87.33f, -0f, FloatMath::expNonPositive, StrictMath::exp))
                .isLessThan(1.0);
    }

    @Test
    void log1pIsWithinTwoUlps() {
        assertThat(largestError(0f, 1f, FloatMath::log1p, StrictMath::log1p)).isLessThan(2.0);
    }

    @Test
    void sigmoidIsWithinThreeUlpsOnBothSides() {
        DoubleUnaryOperator exact = z -> 1 / (1 + StrictMath.exp(-z));
        assertThat(largestError(-87.33f, -0f, FloatMath::sigmoid, exact)).isLessThan(3.0);
        assertThat(largestError(0f, 100f, FloatMath::sigmoid, exact)).isLessThan(3.0);
    }

    @Test
    void resultsTooSmallForANormalFloatAreZeroOrNearlySo() {
        for (float x = -87.34f; x > -120; x -= 0.01f) {
            assertThat(FloatMath.expNonPositive(x)).isBetween(0f, Float.MIN_NORMAL);
            assertThat(FloatMath.sigmoid(x)).isBetween(0f, Float.MIN_NORMAL);
        }
    }

    @Test
    void specialValues() {
        assertThat(FloatMath.expNonPositive(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
        assertThat(FloatMath.expNonPositive(0f)).isEqualTo(1f);
        assertThat(FloatMath.expNonPositive(-0f)).isEqualTo(1f);
        assertThat(FloatMath.expNonPositive(-Float.MIN_VALUE)).isEqualTo(1f);
        assertThat(FloatMath.expNonPositive(Float.NaN)).isNaN();
        assertThat(FloatMath.log1p(0f)).isEqualTo(0f);
        assertThat(FloatMath.log1p(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatMath.log1p(Float.NaN)).isNaN();
        assertThat(FloatMath.sigmoid(0f)).isEqualTo(0.5f);
        assertThat(FloatMath.sigmoid(-0f)).isEqualTo(0.5f);
        assertThat(FloatMath.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(FloatMath.sigmoid(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
        assertThat(FloatMath.sigmoid(Float.NaN)).isNaN();
    }

    /** Largest error over a range of floats of one sign, in units of the last place of the exact value. */
    private static double largestError(float from, float to, FloatFunction function, DoubleUnaryOperator exact) {
        int first = Math.min(Float.floatToRawIntBits(from), Float.floatToRawIntBits(to));
        int last = Math.max(Float.floatToRawIntBits(from), Float.floatToRawIntBits(to));
        double largest = 0;
        for (long bits = first; bits <= last; bits += STRIDE) {
            float x = Float.intBitsToFloat((int) bits);
            double expected = exact.applyAsDouble(x);
            double error = Math.abs(function.apply(x) - expected) / Math.ulp((float) expected);
            largest = Math.max(largest, error);
        }
        return largest;
    }
}
