package dev.sparkprop.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The functions of {@link FloatMath}, with the same operations in the same order, in every lane of a register. */
final class VectorMath {
    /** The widest registers of this machine, limited to the 16 chains of a sum. */
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED.length() > Chains.CHAINS
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;

    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    static final int LANES = FLOATS.length();

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

    /** {@link FloatMath#clampedMagnitude}. An integer minimum takes one instruction, a float minimum takes six. */
    static FloatVector clampedMagnitude(FloatVector x) {
        IntVector magnitude = x.reinterpretAsInts().and(all(~FloatMath.SIGN_BIT));
        return magnitude
                .add(all(FloatMath.NAN_SHIFT))
                .min(all(FloatMath.EXP_MAX_SHIFTED))
                .sub(all(FloatMath.NAN_SHIFT))
                .reinterpretAsFloats();
    }

    /** {@link FloatMath#withoutSmallest}. */
    static FloatVector withoutSmallest(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector smaller = bits.and(all(~FloatMath.SIGN_BIT))
                .sub(all(FloatMath.SMALLEST_BITS))
                .lanewise(VectorOperators.ASHR, FloatMath.SIGN_SHIFT);
        return bits.lanewise(VectorOperators.AND_NOT, smaller).reinterpretAsFloats();
    }

    /** {@link FloatMath#expOfNegative} of −y. Callers set the sign bit of y anyway, so this saves a negation. */
    private static FloatVector exp(FloatVector y) {
        FloatVector shifted = y.fma(all(FloatMath.LOG2_E), all(FloatMath.ROUND));
        FloatVector r = remainder(y, shifted);
        FloatVector p = expQuotient(r).fma(r, all(1f)).fma(r, all(1f));
        return p.reinterpretAsInts().add(exponent(shifted)).reinterpretAsFloats();
    }

    private static IntVector exponent(FloatVector shifted) {
        return shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatMath.MANTISSA_BITS);
    }

    private static FloatVector remainder(FloatVector y, FloatVector shifted) {
        FloatVector n = shifted.sub(all(FloatMath.ROUND));
        return n.fma(all(-FloatMath.LN2_LOW), n.fma(all(-FloatMath.LN2_HIGH), y));
    }

    private static FloatVector expQuotient(FloatVector r) {
        return r.fma(all(FloatMath.EXP_6), all(FloatMath.EXP_5))
                .fma(r, all(FloatMath.EXP_4))
                .fma(r, all(FloatMath.EXP_3))
                .fma(r, all(FloatMath.EXP_2));
    }

    /** {@link FloatMath#expOfNegativeMagnitude}. */
    static FloatVector expOfNegativeMagnitude(FloatVector x) {
        return exp(negative(clampedMagnitude(x)));
    }

    /** {@link FloatMath#log1p}. */
    static FloatVector log1p(FloatVector x) {
        FloatVector p = x.fma(all(FloatMath.LOG_9), all(FloatMath.LOG_8));
        p = p.fma(x, all(FloatMath.LOG_7))
                .fma(x, all(FloatMath.LOG_6))
                .fma(x, all(FloatMath.LOG_5))
                .fma(x, all(FloatMath.LOG_4));
        p = p.fma(x, all(FloatMath.LOG_3))
                .fma(x, all(FloatMath.LOG_2))
                .fma(x, all(FloatMath.LOG_1))
                .fma(x, all(1f));
        return p.mul(x);
    }

    /** {@link FloatMath#logFromOne}. */
    static FloatVector logFromOne(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent = bits.lanewise(VectorOperators.ASHR, FloatMath.MANTISSA_BITS)
                .add(all(FloatMath.ROUND_BITS - FloatMath.EXPONENT_BIAS));
        FloatVector k = exponent.reinterpretAsFloats().sub(all(FloatMath.ROUND));
        FloatVector f = bits.and(all(FloatMath.MANTISSA_MASK))
                .or(all(FloatMath.ONE_BITS))
                .reinterpretAsFloats()
                .sub(all(1f));
        return k.fma(all(FloatMath.LN2_HIGH), k.fma(all(FloatMath.LN2_LOW), log1p(f)));
    }

    /** {@link FloatMath#sigmoid}. */
    static FloatVector sigmoid(FloatVector z) {
        IntVector opposite = z.reinterpretAsInts()
                .and(all(FloatMath.SIGN_BIT))
                .lanewise(VectorOperators.XOR, all(FloatMath.SIGN_BIT));
        FloatVector y = clampedMagnitude(z).reinterpretAsInts().or(opposite).reinterpretAsFloats();
        return all(1f).div(exp(y).add(all(1f)));
    }

    /** {@link FloatMath#sigmoidOf}. */
    static FloatVector sigmoidOf(FloatVector z, FloatVector e) {
        return select(allBitsOfSign(z), e, all(1f)).div(e.add(all(1f)));
    }

    /** All bits set in lanes whose sign bit is set, no bits in other lanes. */
    private static IntVector allBitsOfSign(FloatVector x) {
        return x.reinterpretAsInts().lanewise(VectorOperators.ASHR, FloatMath.SIGN_SHIFT);
    }

    /** {@link FloatMath#larger}: all bits set in lanes where it is true, no bits in other lanes. */
    static IntVector larger(FloatVector first, FloatVector second) {
        return allBitsOfSign(second.sub(first));
    }

    /**
     * The first value in lanes with all bits set, the second in lanes with none. Vector API masks are slow
     * on Java 17.
     */
    static FloatVector select(IntVector bits, FloatVector first, FloatVector second) {
        IntVector secondBits = second.reinterpretAsInts();
        IntVector difference = first.reinterpretAsInts().lanewise(VectorOperators.XOR, secondBits);
        return secondBits.lanewise(VectorOperators.XOR, bits.and(difference)).reinterpretAsFloats();
    }

    /** The value in lanes with all bits set, 0 in lanes with none. */
    static FloatVector masked(IntVector bits, FloatVector value) {
        return bits.and(value.reinterpretAsInts()).reinterpretAsFloats();
    }

    /** All bits set in lanes where a > ½ and target > ½ disagree, no bits in other lanes. */
    static IntVector disagreement(FloatVector a, FloatVector target) {
        IntVector signs = all(0.5f)
                .sub(a)
                .reinterpretAsInts()
                .lanewise(VectorOperators.XOR, all(0.5f).sub(target).reinterpretAsInts());
        return signs.lanewise(VectorOperators.ASHR, FloatMath.SIGN_SHIFT);
    }

    /** All bits set in lanes where the bits of the two values differ, no bits in other lanes. */
    static IntVector inequality(FloatVector first, FloatVector second) {
        IntVector difference = first.reinterpretAsInts().lanewise(VectorOperators.XOR, second.reinterpretAsInts());
        return difference.or(all(0).sub(difference)).lanewise(VectorOperators.ASHR, FloatMath.SIGN_SHIFT);
    }

    /** {@link FloatMath#tanh}. */
    static FloatVector tanh(FloatVector z) {
        FloatVector y = negative(clampedMagnitude(z.add(z)));
        FloatVector shifted = y.fma(all(FloatMath.LOG2_E), all(FloatMath.ROUND));
        FloatVector r = remainder(y, shifted);
        FloatVector p = expQuotient(r).mul(r).fma(r, r);
        FloatVector scale = exponent(shifted).add(all(FloatMath.ONE_BITS)).reinterpretAsFloats();
        FloatVector m = scale.fma(p, scale.sub(all(1f)));
        return withSignOf(all(0f).sub(m).div(m.add(all(2f))), z);
    }

    /** Negates a magnitude. */
    private static FloatVector negative(FloatVector magnitude) {
        return magnitude.reinterpretAsInts().or(all(FloatMath.SIGN_BIT)).reinterpretAsFloats();
    }

    /** Combines a nonnegative magnitude with the sign of another value. */
    private static FloatVector withSignOf(FloatVector magnitude, FloatVector sign) {
        IntVector signBits = sign.reinterpretAsInts().and(all(FloatMath.SIGN_BIT));
        return magnitude.reinterpretAsInts().or(signBits).reinterpretAsFloats();
    }
}
