package dev.sparkprop.metrics;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A range of examples in ascending order of score, with the weight of pairs in which a positive example ranks
 * above a negative one. Consecutive ranges can be combined. Nothing is rounded, so the result does not depend
 * on the grouping.
 *
 * @param above weight of the pairs in which the positive example ranks above the negative one; ties count half
 * @param positives weight of the positive examples
 * @param negatives weight of the negative examples
 */
public record RankSum(BigDecimal above, BigDecimal positives, BigDecimal negatives) implements Serializable {
    /** The range without examples. */
    public static final RankSum NONE = new RankSum(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    private static final BigDecimal HALF = new BigDecimal("0.5");

    /** Returns the range of examples that all have the same score. */
    public static RankSum tied(BigDecimal positives, BigDecimal negatives) {
        return new RankSum(positives.multiply(negatives).multiply(HALF), positives, negatives);
    }

    /** Returns the combination of this range and one whose scores are all higher. */
    public RankSum then(RankSum higher) {
        return new RankSum(
                above.add(higher.above).add(higher.positives.multiply(negatives)),
                positives.add(higher.positives),
                negatives.add(higher.negatives));
    }

    /**
     * Returns the area under the receiver operating characteristic: the fraction of pairs that are ranked correctly.
     * NaN if one of the classes is missing.
     */
    public double area() {
        BigDecimal pairs = positives.multiply(negatives);
        return pairs.signum() == 0
                ? Double.NaN
                : above.divide(pairs, MathContext.DECIMAL128).doubleValue();
    }
}
