package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.optimizer.Evaluation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
    private static final Evaluation HALF = new Evaluation(0.6931471805, new double[] {0}, 0.5);

    private final List<String> told = new ArrayList<>();

    private TrainingProgress lines(Duration silence) {
        return TrainingProgress.inLines(1_000_000, evaluations -> 4 * evaluations, silence, told::add);
    }

    @Test
    void iterationCostAccuracyRateAndTimeLeftAreTold() throws InterruptedException {
        TrainingProgress progress = lines(Duration.ofMillis(100));
        progress.evaluated(0, 1, HALF);
        Thread.sleep(110);
        progress.evaluated(1_000, 1_001, HALF);
        assertThat(told).hasSize(1);
        assertThat(told.get(0))
                .matches("1,000/1,000,000  0:\\d\\d:\\d\\d left  cost 0\\.693147  accuracy 0\\.5000  \\S+ examples/s");
        // 4,000 examples within 0.11 s or, on a machine that has other things to do, more; and 999 times as many to
        // come
        double rate = Double.parseDouble(told.get(0).replaceAll(".* (\\S+) examples/s.*", "$1"));
        assertThat(rate).isBetween(400.0, 4_000 / 0.11);
        String[] left = told.get(0).replaceAll(".*  (\\S+) left.*", "$1").split(":");
        int seconds = 3600 * Integer.parseInt(left[0]) + 60 * Integer.parseInt(left[1]) + Integer.parseInt(left[2]);
        assertThat(seconds).isBetween((int) (990 * 4_000 / rate) - 1, (int) (1_010 * 4_000 / rate) + 1);
    }

    @Test
    void ofNumbersThatAreNotRightOrWrongThereIsNoAccuracy() throws InterruptedException {
        TrainingProgress progress = lines(Duration.ofMillis(1));
        progress.evaluated(0, 1, HALF);
        Thread.sleep(5);
        progress.evaluated(1, 2, new Evaluation(2_900, new double[] {0}, Double.NaN));
        assertThat(told.get(0))
                .startsWith("1/1,000,000  ")
                .contains("  cost 2900.00  ")
                .doesNotContain("accuracy");
    }

    @Test
    void nothingIsToldSoonAfterALineThatWasPrinted() throws InterruptedException {
        TrainingProgress progress = lines(Duration.ofMillis(500));
        progress.evaluated(0, 1, HALF);
        Thread.sleep(510);
        progress.logged(1, 2);
        progress.evaluated(2, 3, HALF);
        assertThat(told).isEmpty();
        Thread.sleep(510);
        progress.evaluated(3, 4, HALF);
        assertThat(told).hasSize(1);
    }

    @Test
    void aTextInPlaceComesBackAfterALineThatWasPrinted() throws InterruptedException {
        TrainingProgress progress = TrainingProgress.inPlace(10, evaluations -> evaluations, told::add);
        progress.logged(0, 1);
        assertThat(told).isEmpty();
        progress.evaluated(0, 1, HALF);
        Thread.sleep(250);
        progress.evaluated(1, 2, HALF);
        progress.logged(1, 2);
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).isEqualTo(told.get(0));
    }
}
