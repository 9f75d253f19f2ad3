package dev.sparkprop.metrics;

import dev.sparkprop.data.ExactSum;
import java.io.Serializable;
import java.math.BigDecimal;

/**
 * Sums the area under the curve of precision over recall, and finds the score with the best F1. Scores can be added in
 * any order, and parts combined in any order: nothing depends on it.
 *
 * <p>The area is the average precision Σ (R<sub>n</sub> − R<sub>n−1</sub>)·P<sub>n</sub>, where P<sub>n</sub> and
 * R<sub>n</sub> are the precision and recall if the n highest scores are predicted as positive.
 */
public final class PrecisionRecall implements Serializable {
    private static final long serialVersionUID = 1;

    private final ExactSum area = new ExactSum();
    private double bestF1 = Double.NEGATIVE_INFINITY;
    private double bestScore = Double.NaN;

    /**
     * Adds a score.
     *
     * @param score the score
     * @param positives the weight of the positive examples with this score
     * @param below the examples with lower scores
     * @param all all examples
     */
    public void add(double score, BigDecimal positives, RankSum below, RankSum all) {
        double allPositives = all.positives().doubleValue();
        double right = all.positives().subtract(below.positives()).doubleValue();
        double wrong = all.negatives().subtract(below.negatives()).doubleValue();
        if (right == 0) {
            return;
        }
        area.add(positives.doubleValue() / allPositives * (right / (right + wrong)));
        note(score, 2 * right / (right + wrong + allPositives));
    }

    /** Adds the scores of another part. */
    public void add(PrecisionRecall other) {
        area.add(other.area);
        note(other.bestScore, other.bestF1);
    }

    private void note(double score, double f1) {
        if (f1 > bestF1 || f1 == bestF1 && score > bestScore) {
            bestF1 = f1;
            bestScore = score;
        }
    }

    /** Returns the area; 0 if there is no positive example. */
    public double area() {
        return area.value();
    }

    /** Returns the best F1; −∞ if there is no positive example. */
    public double bestF1() {
        return bestF1;
    }

    /** Returns the lowest score that is predicted as positive at the best F1. */
    public double bestScore() {
        return bestScore;
    }
}
