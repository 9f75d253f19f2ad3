package dev.sparkprop.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FloatMathTest {
    /**
     * A prime, so that the sweep covers all low-order bits. {@code mvn test -Dtest=FloatMathTest -Dsweep.stride=1}
     * tests every float.
     */
    private static final int STRIDE = Integer.getInteger("sweep.stride", 251);

    @FunctionalInterface
    private interface FloatFunction {
        float apply(float x);
    }

    /** exp(−43.66) is just above 2⁻⁶³. For larger arguments, the results stay there. */
    private static final float LIMIT = 43.66f;

    @Test
    void expIsWithinOneUlp() {
        assertThat(largestError(0f, LIMIT, FloatMath::expOfNegativeMagnitude, x -> StrictMath.exp(-x)))
                .isLessThan(1.0);
    }

    @Test
    void logarithmsAreWithinTwoUlps() {
        assertThat(largestError(0f, 1f, FloatMath::log1p, StrictMath::log1p)).isLessThan(2.0);
        assertThat(largestError(1f, Float.MAX_VALUE, FloatMath::logFromOne, StrictMath::log))
                .isLessThan(2.0);
    }

    @Test
    void sigmoidIsWithinThreeUlpsOnBothSides() {
        DoubleUnaryOperator exact = z -> 1 / (1 + StrictMath.exp(-z));
        assertThat(largestError(-LIMIT, -0f, FloatMath::sigmoid, exact)).isLessThan(3.0);
        assertThat(largestError(0f, Float.MAX_VALUE, FloatMath::sigmoid, exact)).isLessThan(3.0);
        FloatFunction fromExponential = z -> FloatMath.sigmoidOf(z, FloatMath.expOfNegativeMagnitude(z));
        assertThat(largestError(-LIMIT, -0f, fromExponential, exact)).isLessThan(3.0);
        assertThat(largestError(0f, Float.MAX_VALUE, fromExponential, exact)).isLessThan(3.0);
    }

    @Test
    void tanhIsWithinFourUlpsOnBothSides() {
        assertThat(largestError(0f, Float.MAX_VALUE, FloatMath::tanh, StrictMath::tanh))
                .isLessThan(4.0);
        assertThat(largestError(-Float.MAX_VALUE, -0f, FloatMath::tanh, StrictMath::tanh))
                .isLessThan(4.0);
    }

    @Test
    void resultsHaveNoSubnormalProducts() {
        float smallest = (float) Math.pow(2, -63);
        assertThat(smallest * smallest).isEqualTo(Float.MIN_NORMAL);
        for (float x : new float[] {LIMIT, 44f, 88f, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            assertThat(FloatMath.expOfNegativeMagnitude(x)).isBetween(smallest, 1.01f * smallest);
            assertThat(FloatMath.sigmoid(-x)).isBetween(smallest, 1.01f * smallest);
        }
        assertThat(FloatMath.withoutSmallest(smallest)).isEqualTo(smallest);
        assertThat(FloatMath.withoutSmallest(-smallest)).isEqualTo(-smallest);
        assertThat(FloatMath.withoutSmallest(Math.nextDown(smallest))).isZero();
        assertThat(FloatMath.withoutSmallest(-Math.nextDown(smallest))).isZero();
        assertThat(FloatMath.withoutSmallest(Float.NaN)).isNaN();
    }

    @Test
    void handlesSpecialValues() {
        assertThat(FloatMath.expOfNegativeMagnitude(0f)).isEqualTo(1f);
        assertThat(FloatMath.expOfNegativeMagnitude(-0f)).isEqualTo(1f);
        assertThat(FloatMath.expOfNegativeMagnitude(Float.MIN_VALUE)).isEqualTo(1f);
        assertThat(FloatMath.expOfNegativeMagnitude(Float.NaN)).isNaN();
        assertThat(FloatMath.log1p(0f)).isEqualTo(0f);
        assertThat(FloatMath.log1p(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatMath.log1p(Float.NaN)).isNaN();
        assertThat(FloatMath.logFromOne(1f)).isEqualTo(0f);
        assertThat(FloatMath.sigmoid(0f)).isEqualTo(0.5f);
        assertThat(FloatMath.sigmoid(-0f)).isEqualTo(0.5f);
        assertThat(FloatMath.sigmoid(Float.MIN_VALUE)).isEqualTo(0.5f);
        assertThat(FloatMath.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(FloatMath.sigmoid(Float.NaN)).isNaN();
        assertThat(FloatMath.tanh(0f)).isEqualTo(0f);
        assertThat(Float.floatToRawIntBits(FloatMath.tanh(-0f))).isEqualTo(Float.floatToRawIntBits(-0f));
        assertThat(FloatMath.tanh(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatMath.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(FloatMath.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
        assertThat(FloatMath.tanh(Float.NaN)).isNaN();
    }

    /** Returns the largest error over a range of floats of one sign, in units in the last place of the exact value. */
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
