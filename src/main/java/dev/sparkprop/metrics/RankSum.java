package dev.sparkprop.metrics;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A run of examples in ascending order of their scores: how often a positive one is above a negative one. Runs that follow one
 * another make one run, the same however they are grouped, since nothing is rounded.
 *
 * @param above weight of pairs in which the positive example is above, pairs of equal scores by half
 * @param positives weight of the positive examples
 * @param negatives weight of the negative examples
 */
public record RankSum(BigDecimal above, BigDecimal positives, BigDecimal negatives) implements Serializable {
    /** Of no examples. */
    public static final RankSum NONE = new RankSum(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    private static final BigDecimal HALF = new BigDecimal("0.5");

    /** Of examples with one and the same score. */
    public static RankSum tied(BigDecimal positives, BigDecimal negatives) {
        return new RankSum(positives.multiply(negatives).multiply(HALF), positives, negatives);
    }

    /** This run and one whose scores are all higher. */
    public RankSum then(RankSum higher) {
        return new RankSum(
                above.add(higher.above).add(higher.positives.multiply(negatives)),
                positives.add(higher.positives),
                negatives.add(higher.negatives));
    }

    /** Area under the receiver operating characteristic: the share of all pairs. NaN where one class is not there. */
    public double area() {
        BigDecimal pairs = positives.multiply(negatives);
        return pairs.signum() == 0
                ? Double.NaN
                : above.divide(pairs, MathContext.DECIMAL128).doubleValue();
    }
}
