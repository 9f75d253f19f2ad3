package dev.sparkprop.kernel;

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

    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    static final int LANES = FLOATS.length();

    /** As vectors in static fields: each broadcast within a method costs the JIT some 300 nodes, and it stops inlining at 18,000. */
    static final FloatVector ZERO = all(0f);

    static final FloatVector ONE = all(1f);
    static final FloatVector HALF = all(0.5f);
    private static final FloatVector TWO = all(2f);
    private static final FloatVector ROUND = all(FloatMath.ROUND);
    private static final FloatVector MINUS_LOG2_E = all(-FloatMath.LOG2_E);
    private static final FloatVector LN2_HIGH = all(FloatMath.LN2_HIGH);
    private static final FloatVector LN2_LOW = all(FloatMath.LN2_LOW);
    private static final FloatVector MINUS_LN2_HIGH = all(-FloatMath.LN2_HIGH);
    private static final FloatVector MINUS_LN2_LOW = all(-FloatMath.LN2_LOW);
    private static final FloatVector EXP_2 = all(FloatMath.EXP_2);
    private static final FloatVector EXP_3 = all(FloatMath.EXP_3);
    private static final FloatVector EXP_4 = all(FloatMath.EXP_4);
    private static final FloatVector EXP_5 = all(FloatMath.EXP_5);
    private static final FloatVector EXP_6 = all(FloatMath.EXP_6);
    private static final FloatVector LOG_1 = all(FloatMath.LOG_1);
    private static final FloatVector LOG_2 = all(FloatMath.LOG_2);
    private static final FloatVector LOG_3 = all(FloatMath.LOG_3);
    private static final FloatVector LOG_4 = all(FloatMath.LOG_4);
    private static final FloatVector LOG_5 = all(FloatMath.LOG_5);
    private static final FloatVector LOG_6 = all(FloatMath.LOG_6);
    private static final FloatVector LOG_7 = all(FloatMath.LOG_7);
    private static final FloatVector LOG_8 = all(FloatMath.LOG_8);
    private static final FloatVector LOG_9 = all(FloatMath.LOG_9);
    static final IntVector NONE = all(0);
    private static final IntVector SIGN_BIT = all(FloatMath.SIGN_BIT);
    private static final IntVector MAGNITUDE_MASK = all(~FloatMath.SIGN_BIT);
    private static final IntVector MANTISSA_MASK = all(FloatMath.MANTISSA_MASK);
    private static final IntVector ONE_BITS = all(FloatMath.ONE_BITS);
    private static final IntVector NAN_SHIFT = all(FloatMath.NAN_SHIFT);
    private static final IntVector EXP_MAX_SHIFTED = all(FloatMath.EXP_MAX_SHIFTED);
    private static final IntVector EXPONENT_TO_ROUND = all(FloatMath.ROUND_BITS - FloatMath.EXPONENT_BIAS);

    private VectorMath() {}

    static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(FLOATS, from, at);
    }

    static FloatVector all(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }

    private static IntVector all(int value) {
        return IntVector.broadcast(INTS, value);
    }

    /** {@link FloatMath#clampedMagnitude}. The integer minimum is one instruction, the one of floats is six. */
    static FloatVector clampedMagnitude(FloatVector x) {
        IntVector magnitude = x.reinterpretAsInts().and(MAGNITUDE_MASK);
        return magnitude.add(NAN_SHIFT).min(EXP_MAX_SHIFTED).sub(NAN_SHIFT).reinterpretAsFloats();
    }

    /** {@link FloatMath#expOfNegative}. */
    static FloatVector expOfNegative(FloatVector x) {
        FloatVector shifted = x.fma(MINUS_LOG2_E, ROUND);
        FloatVector r = remainder(x, shifted);
        FloatVector p = expQuotient(r).fma(r, ONE).fma(r, ONE);
        return p.reinterpretAsInts().add(exponent(shifted)).reinterpretAsFloats();
    }

    private static IntVector exponent(FloatVector shifted) {
        return shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatMath.MANTISSA_BITS);
    }

    private static FloatVector remainder(FloatVector x, FloatVector shifted) {
        FloatVector n = shifted.sub(ROUND);
        return n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, x.neg()));
    }

    private static FloatVector expQuotient(FloatVector r) {
        return r.fma(EXP_6, EXP_5).fma(r, EXP_4).fma(r, EXP_3).fma(r, EXP_2);
    }

    /** {@link FloatMath#expOfNegativeMagnitude}. */
    static FloatVector expOfNegativeMagnitude(FloatVector x) {
        return expOfNegative(clampedMagnitude(x));
    }

    /** {@link FloatMath#log1p}. */
    static FloatVector log1p(FloatVector x) {
        FloatVector p = x.fma(LOG_9, LOG_8);
        p = p.fma(x, LOG_7).fma(x, LOG_6).fma(x, LOG_5).fma(x, LOG_4);
        p = p.fma(x, LOG_3).fma(x, LOG_2).fma(x, LOG_1).fma(x, ONE);
        return p.mul(x);
    }

    /** {@link FloatMath#logFromOne}. */
    static FloatVector logFromOne(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent =
                bits.lanewise(VectorOperators.ASHR, FloatMath.MANTISSA_BITS).add(EXPONENT_TO_ROUND);
        FloatVector k = exponent.reinterpretAsFloats().sub(ROUND);
        FloatVector f =
                bits.and(MANTISSA_MASK).or(ONE_BITS).reinterpretAsFloats().sub(ONE);
        return k.fma(LN2_HIGH, k.fma(LN2_LOW, log1p(f)));
    }

    /** {@link FloatMath#sigmoid}. */
    static FloatVector sigmoid(FloatVector z) {
        return ONE.div(expOfNegative(withSignOf(clampedMagnitude(z), z)).add(ONE));
    }

    /** {@link FloatMath#sigmoidOf}. */
    static FloatVector sigmoidOf(FloatVector z, FloatVector e) {
        return select(allBitsOfSign(z), e, ONE).div(e.add(ONE));
    }

    /** All bits where the sign bit is set, none elsewhere. */
    private static IntVector allBitsOfSign(FloatVector x) {
        return x.reinterpretAsInts().lanewise(VectorOperators.ASHR, FloatMath.SIGN_SHIFT);
    }

    /** {@link FloatMath#larger}: all bits where it holds, none elsewhere. */
    static IntVector larger(FloatVector first, FloatVector second) {
        return allBitsOfSign(second.sub(first));
    }

    /** The first where all bits are set, the second where none. The masks of the vector API are slow on Java 17. */
    static FloatVector select(IntVector bits, FloatVector first, FloatVector second) {
        IntVector otherwise = second.reinterpretAsInts();
        IntVector difference = first.reinterpretAsInts().lanewise(VectorOperators.XOR, otherwise);
        return otherwise.lanewise(VectorOperators.XOR, bits.and(difference)).reinterpretAsFloats();
    }

    /** 1 where a > ½ and target > ½ disagree, else 0. */
    static IntVector disagreement(FloatVector a, FloatVector target) {
        IntVector signs = HALF.sub(a)
                .reinterpretAsInts()
                .lanewise(VectorOperators.XOR, HALF.sub(target).reinterpretAsInts());
        return signs.lanewise(VectorOperators.LSHR, FloatMath.SIGN_SHIFT);
    }

    /** 1 where bits differ, else 0. */
    static IntVector inequality(FloatVector first, FloatVector second) {
        IntVector difference = first.reinterpretAsInts().lanewise(VectorOperators.XOR, second.reinterpretAsInts());
        return difference.or(NONE.sub(difference)).lanewise(VectorOperators.LSHR, FloatMath.SIGN_SHIFT);
    }

    /** {@link FloatMath#tanh}. */
    static FloatVector tanh(FloatVector z) {
        FloatVector x = clampedMagnitude(z.add(z));
        FloatVector shifted = x.fma(MINUS_LOG2_E, ROUND);
        FloatVector r = remainder(x, shifted);
        FloatVector p = expQuotient(r).mul(r).fma(r, r);
        FloatVector scale = exponent(shifted).add(ONE_BITS).reinterpretAsFloats();
        FloatVector m = scale.fma(p, scale.sub(ONE));
        return withSignOf(ZERO.sub(m).div(m.add(TWO)), z);
    }

    /** Where magnitude is not negative: magnitude with the sign of the other. */
    private static FloatVector withSignOf(FloatVector magnitude, FloatVector sign) {
        IntVector signBits = sign.reinterpretAsInts().and(SIGN_BIT);
        return magnitude.reinterpretAsInts().or(signBits).reinterpretAsFloats();
    }
}
