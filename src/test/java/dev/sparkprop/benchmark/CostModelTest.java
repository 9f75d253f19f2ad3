package dev.sparkprop.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CostModelTest {
    private static final double OPERATIONS = 28;

    private static Throughput point(long examples, int partitions, int parameters, double milliseconds) {
        return new Throughput(
                "2-2-1",
                examples,
                partitions,
                4,
                12 * examples,
                parameters,
                OPERATIONS,
                List.of(milliseconds),
                0.5,
                5,
                Map.of());
    }

    /**
     * Returns points of a model with 6 ms, 0.5 ms per partition, 2 ms per megabyte and 100 ms per gigaoperation on
     * one core.
     *
     * @param noise the relative error of each point, with a random sign
     */
    private static List<Throughput> points(double noise) {
        List<Throughput> points = new ArrayList<>();
        Random random = new Random(1);
        for (long examples : new long[] {1_000, 1_000_000, 100_000_000}) {
            for (int partitions : new int[] {1, 2, 4, 8, 16}) {
                for (int parameters : new int[] {9, 1_000_000}) {
                    double megabytes = parameters * (4 + 8.0 * partitions) / 1e6;
                    double operations = examples * OPERATIONS / 1e9 / Math.min(4, partitions);
                    double exact = 6 + 0.5 * partitions + 2 * megabytes + 100 * operations;
                    int sign = random.nextBoolean() ? 1 : -1;
                    points.add(point(examples, partitions, parameters, exact * (1 + sign * noise)));
                }
            }
        }
        return points;
    }

    @Test
    void recoversTheCoefficientsFromExactPoints() {
        CostModel model = CostModel.fit(points(0));
        assertThat(model.job()).isCloseTo(6, within(1e-6));
        assertThat(model.partition()).isCloseTo(0.5, within(1e-6));
        assertThat(model.megabyte()).isCloseTo(2, within(1e-6));
        assertThat(model.gigaoperation()).isCloseTo(100, within(1e-6));
        assertThat(model.error()).isLessThan(1e-9);
        assertThat(model.milliseconds(1_000_000_000, 64, 64, 9, OPERATIONS))
                .isCloseTo(6 + 32 + 2 * 9 * 516 / 1e6 + 100 * 28.0 / 64, within(1e-6));
    }

    @Test
    void reportsTheErrorOnUnseenPoints() {
        CostModel model = CostModel.fit(points(0.1));
        assertThat(model.error()).isBetween(0.05, 0.2);
        assertThat(model.gigaoperation()).isCloseTo(100, within(15.0));
    }

    @Test
    void indistinguishableTermsAreZeroAndNoneIsNegative() {
        // all points have the same number of partitions and the same network, so only the work varies
        CostModel model = CostModel.fit(
                List.of(point(1_000, 2, 9, 7), point(100_000_000, 2, 9, 147), point(200_000_000, 2, 9, 287)));
        assertThat(model.job()).isCloseTo(7, within(0.1));
        assertThat(model.partition()).isZero();
        assertThat(model.megabyte()).isZero();
        assertThat(model.gigaoperation()).isCloseTo(100, within(1.0));
        // more partitions are faster than the work explains, so an unconstrained fit would make their cost negative
        CostModel falling = CostModel.fit(List.of(
                point(1_000, 1, 9, 8), point(1_000, 2, 9, 7), point(1_000, 4, 9, 6), point(100_000_000, 4, 9, 76)));
        assertThat(falling.partition()).isZero();
        assertThat(falling.job()).isPositive();
    }

    @Test
    void fitsASinglePoint() {
        CostModel model = CostModel.fit(List.of(point(1_000, 2, 9, 7)));
        assertThat(model.milliseconds(1_000, 2, 4, 9, OPERATIONS)).isCloseTo(7, within(1e-9));
    }

    @Test
    void choosesTheFastestNumberOfPartitions() {
        CostModel model = new CostModel(6, 0.5, 0, 100, 0);
        assertThat(model.bestPartitions(1_000, 64, 9, OPERATIONS)).isEqualTo(1);
        // 0.5·p + 2.8·100/p is smallest at p = √560 = 23.7
        assertThat(model.bestPartitions(100_000_000, 64, 9, OPERATIONS)).isEqualTo(24);
        assertThat(model.bestPartitions(100_000_000_000L, 64, 9, OPERATIONS)).isEqualTo(64);
    }

    @Test
    void throughputUsesTheMedianTime() {
        Throughput odd =
                new Throughput("2-2-1", 1_000, 1, 2, 12_000, 9, 28, List.of(9.0, 1.0, 2.0), 0.25, 0.5, Map.of());
        assertThat(odd.median()).isEqualTo(2);
        assertThat(odd.min()).isEqualTo(1);
        assertThat(odd.max()).isEqualTo(9);
        assertThat(odd.examplesPerSecond()).isEqualTo(500_000);
        assertThat(odd.gigaflops()).isEqualTo(0.014);
        Throughput even = new Throughput("2-2-1", 1_000, 1, 2, 12_000, 9, 28, List.of(4.0, 2.0), 1, 30, Map.of());
        assertThat(even.median()).isEqualTo(3);
        assertThatThrownBy(() -> new Throughput("2-2-1", 1_000, 1, 2, 12_000, 9, 28, List.of(), 0.25, 0.5, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
