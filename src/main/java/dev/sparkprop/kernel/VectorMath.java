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

    static FloatVector broadcast(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }

    private static IntVector broadcast(int value) {
        return IntVector.broadcast(INTS, value);
    }

    /** {@link FloatMath#clampedMagnitude}. An integer minimum takes one instruction, a float minimum takes six. */
    static FloatVector clampedMagnitude(FloatVector x) {
        IntVector magnitude = x.reinterpretAsInts().and(broadcast(~FloatMath.SIGN_BIT));
        return magnitude
                .add(broadcast(FloatMath.NAN_SHIFT))
                .min(broadcast(FloatMath.EXP_MAX_SHIFTED))
                .sub(broadcast(FloatMath.NAN_SHIFT))
                .reinterpretAsFloats();
    }

    /** {@link FloatMath#withoutSmallest}. */
    static FloatVector withoutSmallest(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector smaller = bits.and(broadcast(~FloatMath.SIGN_BIT))
                .sub(broadcast(FloatMath.SMALLEST_BITS))
                .lanewise(VectorOperators.ASHR, FloatMath.SIGN_SHIFT);
        return bits.lanewise(VectorOperators.AND_NOT, smaller).reinterpretAsFloats();
    }

    /** {@link FloatMath#expOfNegative} of −y. Callers set the sign bit of y anyway, so this saves a negation. */
    private static FloatVector exp(FloatVector y) {
        FloatVector shifted = y.fma(broadcast(FloatMath.LOG2_E), broadcast(FloatMath.ROUND));
        FloatVector r = remainder(y, shifted);
        FloatVector p = expQuotient(r).fma(r, broadcast(1f)).fma(r, broadcast(1f));
        return p.reinterpretAsInts().add(exponent(shifted)).reinterpretAsFloats();
    }

    private static IntVector exponent(FloatVector shifted) {
        return shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatMath.MANTISSA_BITS);
    }

    private static FloatVector remainder(FloatVector y, FloatVector shifted) {
        FloatVector n = shifted.sub(broadcast(FloatMath.ROUND));
        return n.fma(broadcast(-FloatMath.LN2_LOW), n.fma(broadcast(-FloatMath.LN2_HIGH), y));
    }

    private static FloatVector expQuotient(FloatVector r) {
        return r.fma(broadcast(FloatMath.EXP_6), broadcast(FloatMath.EXP_5))
                .fma(r, broadcast(FloatMath.EXP_4))
                .fma(r, broadcast(FloatMath.EXP_3))
                .fma(r, broadcast(FloatMath.EXP_2));
    }

    /** {@link FloatMath#expOfNegativeMagnitude}. */
    static FloatVector expOfNegativeMagnitude(FloatVector x) {
        return exp(negative(clampedMagnitude(x)));
    }

    /** {@link FloatMath#log1p}. */
    static FloatVector log1p(FloatVector x) {
        FloatVector p = x.fma(broadcast(FloatMath.LOG_9), broadcast(FloatMath.LOG_8));
        p = p.fma(x, broadcast(FloatMath.LOG_7))
                .fma(x, broadcast(FloatMath.LOG_6))
                .fma(x, broadcast(FloatMath.LOG_5))
                .fma(x, broadcast(FloatMath.LOG_4));
        p = p.fma(x, broadcast(FloatMath.LOG_3))
                .fma(x, broadcast(FloatMath.LOG_2))
                .fma(x, broadcast(FloatMath.LOG_1))
                .fma(x, broadcast(1f));
        return p.mul(x);
    }

    /** {@link FloatMath#logFromOne}. */
    static FloatVector logFromOne(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent = bits.lanewise(VectorOperators.ASHR, FloatMath.MANTISSA_BITS)
                .add(broadcast(FloatMath.ROUND_BITS - FloatMath.EXPONENT_BIAS));
        FloatVector k = exponent.reinterpretAsFloats().sub(broadcast(FloatMath.ROUND));
        FloatVector f = bits.and(broadcast(FloatMath.MANTISSA_MASK))
                .or(broadcast(FloatMath.ONE_BITS))
                .reinterpretAsFloats()
                .sub(broadcast(1f));
        return k.fma(broadcast(FloatMath.LN2_HIGH), k.fma(broadcast(FloatMath.LN2_LOW), log1p(f)));
    }

    /** {@link FloatMath#sigmoid}. */
    static FloatVector sigmoid(FloatVector z) {
        IntVector opposite = z.reinterpretAsInts()
                .and(broadcast(FloatMath.SIGN_BIT))
                .lanewise(VectorOperators.XOR, broadcast(FloatMath.SIGN_BIT));
        FloatVector y = clampedMagnitude(z).reinterpretAsInts().or(opposite).reinterpretAsFloats();
        return broadcast(1f).div(exp(y).add(broadcast(1f)));
    }

    /** {@link FloatMath#sigmoidOf}. */
    static FloatVector sigmoidOf(FloatVector z, FloatVector e) {
        return select(allBitsOfSign(z), e, broadcast(1f)).div(e.add(broadcast(1f)));
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
        IntVector signs = broadcast(0.5f)
                .sub(a)
                .reinterpretAsInts()
                .lanewise(VectorOperators.XOR, broadcast(0.5f).sub(target).reinterpretAsInts());
        return signs.lanewise(VectorOperators.ASHR, FloatMath.SIGN_SHIFT);
    }

    /** All bits set in lanes where the bits of the two values differ, no bits in other lanes. */
    static IntVector inequality(FloatVector first, FloatVector second) {
        IntVector difference = first.reinterpretAsInts().lanewise(VectorOperators.XOR, second.reinterpretAsInts());
        return difference.or(broadcast(0).sub(difference)).lanewise(VectorOperators.ASHR, FloatMath.SIGN_SHIFT);
    }

    /** {@link FloatMath#tanh}. */
    static FloatVector tanh(FloatVector z) {
        FloatVector y = negative(clampedMagnitude(z.add(z)));
        FloatVector shifted = y.fma(broadcast(FloatMath.LOG2_E), broadcast(FloatMath.ROUND));
        FloatVector r = remainder(y, shifted);
        FloatVector p = expQuotient(r).mul(r).fma(r, r);
        FloatVector scale = exponent(shifted).add(broadcast(FloatMath.ONE_BITS)).reinterpretAsFloats();
        FloatVector m = scale.fma(p, scale.sub(broadcast(1f)));
        return withSignOf(broadcast(0f).sub(m).div(m.add(broadcast(2f))), z);
    }

    /** Negates a magnitude. */
    private static FloatVector negative(FloatVector magnitude) {
        return magnitude.reinterpretAsInts().or(broadcast(FloatMath.SIGN_BIT)).reinterpretAsFloats();
    }

    /** Combines a nonnegative magnitude with the sign of another value. */
    private static FloatVector withSignOf(FloatVector magnitude, FloatVector sign) {
        IntVector signBits = sign.reinterpretAsInts().and(broadcast(FloatMath.SIGN_BIT));
        return magnitude.reinterpretAsInts().or(signBits).reinterpretAsFloats();
    }
}
