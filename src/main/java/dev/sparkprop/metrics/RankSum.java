package dev.sparkprop.metrics;

import java.io.Serializable;

/**
 * A run of examples in ascending order of their scores: how often a positive one is above a negative one. Runs that follow one
 * another make one run.
 *
 * @param above weight of pairs in which the positive example is above, pairs of equal scores by half
 * @param positives weight of the positive examples
 * @param negatives weight of the negative examples
 */
public record RankSum(double above, double positives, double negatives) implements Serializable {
    /** Of no examples. */
    public static final RankSum NONE = new RankSum(0, 0, 0);

    /** Of examples with one and the same score. */
    public static RankSum tied(double positives, double negatives) {
        return new RankSum(positives * negatives / 2, positives, negatives);
    }

    /** This run and one whose scores are all higher. */
    public RankSum then(RankSum higher) {
        return new RankSum(
                above + higher.above + higher.positives * negatives,
                positives + higher.positives,
                negatives + higher.negatives);
    }

    /** Area under the receiver operating characteristic: the share of all pairs. NaN where one class is not there. */
    public double area() {
        return above / (positives * negatives);
    }
}
