package dev.sparkprop.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.optimizer.CostAndGradient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
    private static final CostAndGradient HALF = new CostAndGradient(0.6931471805, new double[] {0}, 0.5);

    private final List<String> messages = new ArrayList<>();

    private double seconds;

    private TrainingProgress progress(boolean inPlace) {
        return new TrainingProgress(
                1_000_000, evaluations -> 4 * evaluations, messages::add, inPlace, () -> Math.round(seconds * 1e9));
    }

    @Test
    void reportsIterationCostAccuracyRateAndTimeLeft() {
        TrainingProgress progress = progress(false);
        progress.evaluated(0, 1, HALF);
        seconds = 20;
        progress.evaluated(1_000, 1_001, HALF);
        // 4,000 examples within 20 s, and 999 times as many to come
        assertThat(messages)
                .containsExactly("1,000/1,000,000  5:33:00 left  cost 0.693147  accuracy 0.5000  200 examples/s");
        // the estimate is 0.7 · 20 ms + 0.3 · 1 ms = 14.3 ms per iteration
        seconds = 30;
        progress.evaluated(11_000, 11_001, HALF);
        assertThat(messages.get(1))
                .startsWith("11,000/1,000,000  3:55:43 left  ")
                .endsWith("  4,000 examples/s");
    }

    @Test
    void omitsTheAccuracyOfARegression() {
        TrainingProgress progress = progress(false);
        progress.evaluated(0, 1, HALF);
        seconds = 10;
        progress.evaluated(1, 2, new CostAndGradient(2_900, new double[] {0}, Double.NaN));
        assertThat(messages.get(0))
                .startsWith("1/1,000,000  ")
                .contains("  cost 2900.00  ")
                .doesNotContain("accuracy");
    }

    @Test
    void reportsNothingSoonAfterALoggedLine() {
        TrainingProgress progress = progress(false);
        progress.evaluated(0, 1, HALF);
        seconds = 11;
        progress.logged(1, 2);
        seconds = 20.9;
        progress.evaluated(2, 3, HALF);
        assertThat(messages).isEmpty();
        seconds = 21;
        progress.evaluated(3, 4, HALF);
        assertThat(messages).hasSize(1);
    }

    @Test
    void restoresTheLiveTextAfterALoggedLine() {
        TrainingProgress progress = progress(true);
        progress.logged(0, 1);
        assertThat(messages).isEmpty();
        progress.evaluated(0, 1, HALF);
        seconds = 0.2;
        progress.evaluated(1, 2, HALF);
        progress.logged(1, 2);
        assertThat(messages).hasSize(2);
        assertThat(messages.get(1)).isEqualTo(messages.get(0));
    }
}
