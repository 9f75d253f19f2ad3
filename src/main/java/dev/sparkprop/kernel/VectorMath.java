package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.FloatMath.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The functions of {@link FloatMath}, the same operations in the same order, in every lane of a register. */
final class VectorMath {
    /** The widest registers that the machine has, but no wider than the 16 chains of a sum. */
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED.length() > ScalarKernels.CHAINS
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;

    static final int LANES = FLOATS.length();

    private VectorMath() {}

    static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(FLOATS, from, at);
    }

    static FloatVector all(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }

    /** {@link FloatMath#clampedMagnitude}. The integer minimum is one instruction, the one of floats is six. */
    static FloatVector clampedMagnitude(FloatVector x) {
        IntVector magnitude = x.reinterpretAsInts().and(~SIGN_BIT);
        return magnitude.add(NAN_SHIFT).min(EXP_MAX_SHIFTED).sub(NAN_SHIFT).reinterpretAsFloats();
    }

    /** {@link FloatMath#expOfNegative}. */
    static FloatVector expOfNegative(FloatVector x) {
        FloatVector shifted = x.fma(all(-LOG2_E), all(ROUND));
        FloatVector r = remainder(x, shifted);
        FloatVector p = expQuotient(r).fma(r, all(1f)).fma(r, all(1f));
        return p.reinterpretAsInts().add(exponent(shifted)).reinterpretAsFloats();
    }

    private static IntVector exponent(FloatVector shifted) {
        return shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA_BITS);
    }

    private static FloatVector remainder(FloatVector x, FloatVector shifted) {
        FloatVector n = shifted.sub(ROUND);
        return n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), x.neg()));
    }

    private static FloatVector expQuotient(FloatVector r) {
        return r.fma(all(EXP_6), all(EXP_5))
                .fma(r, all(EXP_4))
                .fma(r, all(EXP_3))
                .fma(r, all(EXP_2));
    }

    /** {@link FloatMath#expOfNegativeMagnitude}. */
    static FloatVector expOfNegativeMagnitude(FloatVector x) {
        return expOfNegative(clampedMagnitude(x));
    }

    /** {@link FloatMath#log1p}. */
    static FloatVector log1p(FloatVector x) {
        FloatVector p = x.fma(all(LOG_9), all(LOG_8));
        p = p.fma(x, all(LOG_7)).fma(x, all(LOG_6)).fma(x, all(LOG_5)).fma(x, all(LOG_4));
        p = p.fma(x, all(LOG_3)).fma(x, all(LOG_2)).fma(x, all(LOG_1)).fma(x, all(1f));
        return p.mul(x);
    }

    /** {@link FloatMath#logFromOne}. */
    static FloatVector logFromOne(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent = bits.lanewise(VectorOperators.ASHR, MANTISSA_BITS).add(ROUND_BITS - EXPONENT_BIAS);
        FloatVector k = exponent.reinterpretAsFloats().sub(ROUND);
        FloatVector f =
                bits.and(MANTISSA_MASK).or(ONE_BITS).reinterpretAsFloats().sub(1f);
        return k.fma(all(LN2_HIGH), k.fma(all(LN2_LOW), log1p(f)));
    }

    /** {@link FloatMath#sigmoid}. */
    static FloatVector sigmoid(FloatVector z) {
        return all(1f).div(expOfNegative(withSignOf(clampedMagnitude(z), z)).add(1f));
    }

    /** {@link FloatMath#tanh}. */
    static FloatVector tanh(FloatVector z) {
        FloatVector x = clampedMagnitude(z.add(z));
        FloatVector shifted = x.fma(all(-LOG2_E), all(ROUND));
        FloatVector r = remainder(x, shifted);
        FloatVector p = expQuotient(r).mul(r).fma(r, r);
        FloatVector scale = exponent(shifted).add(ONE_BITS).reinterpretAsFloats();
        FloatVector m = scale.fma(p, scale.sub(1f));
        return withSignOf(all(0f).sub(m).div(m.add(2f)), z);
    }

    /** Where magnitude is not negative: magnitude with the sign of the other. */
    private static FloatVector withSignOf(FloatVector magnitude, FloatVector sign) {
        IntVector signBits = sign.reinterpretAsInts().and(SIGN_BIT);
        return magnitude.reinterpretAsInts().or(signBits).reinterpretAsFloats();
    }
}
