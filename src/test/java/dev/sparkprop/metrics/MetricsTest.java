package dev.sparkprop.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final double ROUNDING = 1e-12;

    /**
     * Class 0 has weight 5: 3 predicted as class 0 and 2 as class 1. Class 1 has weight 4: 3 predicted as class 0 and
     * 1 as class 1.
     */
    private static Confusion confusion() {
        Confusion confusion = new Confusion(2);
        confusion.add(0, 0, 3);
        confusion.add(0, 1, 2);
        Confusion other = new Confusion(2);
        other.add(1, 0, 3);
        other.add(1, 1, 1);
        confusion.add(other);
        return confusion;
    }

    @Test
    void computesRatiosFromTheConfusionMatrix() {
        Confusion confusion = confusion();
        assertThat(confusion.accuracy()).isEqualTo(4.0 / 9);
        assertThat(confusion.precision(0)).isEqualTo(3.0 / 6);
        assertThat(confusion.recall(0)).isEqualTo(3.0 / 5);
        assertThat(confusion.f1(0)).isCloseTo(2 * 0.5 * 0.6 / (0.5 + 0.6), within(ROUNDING));
        assertThat(confusion.precision(1)).isEqualTo(1.0 / 3);
        assertThat(confusion.recall(1)).isEqualTo(1.0 / 4);
    }

    @Test
    void emptyRatiosAreNaN() {
        Confusion confusion = new Confusion(3);
        confusion.add(0, 1, 1);
        assertThat(confusion.precision(0)).isNaN();
        assertThat(confusion.recall(1)).isNaN();
        assertThat(confusion.f1(2)).isNaN();
        assertThat(confusion.f1(0)).isZero();
    }

    @Test
    void rejectsTooManyClasses() {
        assertThatThrownBy(() -> new Confusion(Confusion.MAX_CLASSES + 1))
                .hasMessage("Invalid classes: 2001 (must be 1 to 2000 for a confusion matrix)");
    }

    /** Targets 1, 2, 3 and 6 have the mean 3 and the squared distances 4 + 1 + 0 + 9. The errors are 1, 0, −1 and 2. */
    @Test
    void computesTheErrorsOfARegression() {
        NumberErrors errors = new NumberErrors(1);
        double[] actual = {1, 2, 3, 6};
        double[] predicted = {2, 2, 2, 8};
        for (int i = 0; i < actual.length; i++) {
            NumberErrors one = new NumberErrors(1);
            one.add(new double[] {predicted[i]}, new double[] {actual[i]}, 1);
            errors.add(one);
        }
        assertThat(errors.rootMeanSquare(0)).isCloseTo(Math.sqrt(6.0 / 4), within(ROUNDING));
        assertThat(errors.meanMagnitude(0)).isEqualTo(1);
        assertThat(errors.explained(0)).isCloseTo(1 - 6.0 / 14, within(ROUNDING));
    }

    @Test
    void exampleOfWeightTwoCountsTwice() {
        NumberErrors weighted = new NumberErrors(1);
        weighted.add(new double[] {1}, new double[] {3}, 2);
        weighted.add(new double[] {5}, new double[] {4}, 1);
        NumberErrors twice = new NumberErrors(1);
        twice.add(new double[] {1}, new double[] {3}, 1);
        twice.add(new double[] {1}, new double[] {3}, 1);
        twice.add(new double[] {5}, new double[] {4}, 1);
        assertThat(weighted.rootMeanSquare(0)).isEqualTo(twice.rootMeanSquare(0));
        assertThat(weighted.meanMagnitude(0)).isEqualTo(twice.meanMagnitude(0));
        assertThat(weighted.explained(0)).isEqualTo(twice.explained(0));
    }

    @Test
    void explainedVarianceOfConstantTargetsIsNaN() {
        NumberErrors errors = new NumberErrors(1);
        errors.add(new double[] {1}, new double[] {0.1}, 1);
        errors.add(new double[] {1}, new double[] {0.1}, 1);
        assertThat(errors.explained(0)).isNaN();
    }

    /** Checks the definition: compares all pairs of a positive and a negative example. */
    @Test
    void areaIsTheFractionOfOrderedPairsWithTiesAsHalf() {
        Random random = new Random(5);
        int[] scores = random.ints(200, 0, 40).toArray();
        boolean[] positive = new boolean[scores.length];
        double[] weights = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            positive[i] = random.nextInt(40) < scores[i];
            weights[i] = random.nextInt(3);
        }
        double right = 0;
        double pairs = 0;
        for (int p = 0; p < scores.length; p++) {
            for (int n = 0; n < scores.length; n++) {
                if (positive[p] && !positive[n]) {
                    pairs += weights[p] * weights[n];
                    right += weights[p] * weights[n] * (scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0);
                }
            }
        }
        RankSum low = rankSum(scores, positive, weights, 0, 17);
        RankSum high = rankSum(scores, positive, weights, 17, 40);
        assertThat(low.then(high).area()).isCloseTo(right / pairs, within(ROUNDING));
        assertThat(right / pairs).isBetween(0.6, 0.99);
        assertThat(RankSum.tied(BigDecimal.ONE, BigDecimal.ZERO).area()).isNaN();
    }

    private static RankSum rankSum(int[] scores, boolean[] positive, double[] weights, int from, int until) {
        RankSum sum = RankSum.NONE;
        for (int score = from; score < until; score++) {
            double positives = 0;
            double negatives = 0;
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] == score) {
                    positives += positive[i] ? weights[i] : 0;
                    negatives += positive[i] ? 0 : weights[i];
                }
            }
            sum = sum.then(RankSum.tied(BigDecimal.valueOf(positives), BigDecimal.valueOf(negatives)));
        }
        return sum;
    }
}
