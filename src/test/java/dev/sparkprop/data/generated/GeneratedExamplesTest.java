package dev.sparkprop.data.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Tile;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedExamplesTest {
    private static final int MANY = 40_000;

    private record Point(double x, double y, int label) {
        double radius() {
            return Math.hypot(x, y);
        }
    }

    private static Point point(ExampleSource source, long example) {
        float[] features = new float[2 * Tile.EXAMPLES];
        float[] target = new float[1];
        source.write(example, features, 0, target, 0);
        return new Point(features[0], features[Tile.EXAMPLES], (int) target[0]);
    }

    private static List<Point> points(ExampleSource source) {
        return LongStream.range(0, source.examples())
                .mapToObj(example -> point(source, example))
                .toList();
    }

    static List<LongFunction<ExampleSource>> sources() {
        return List.of(
                seed -> new NoisyXor(MANY, 0.2, 0.25, seed),
                seed -> new Circles(MANY, 0.1, seed),
                seed -> new Spirals(MANY, 0.1, 2, seed));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void pointsDependOnSeedAndNumberOnlyAndClassesAreBalanced(LongFunction<ExampleSource> factory) {
        List<Point> points = points(factory.apply(1));
        for (int example : new int[] {MANY - 1, 12_345, 0}) {
            assertThat(point(factory.apply(1), example)).isEqualTo(points.get(example));
            assertThat(point(factory.apply(2), example)).isNotEqualTo(points.get(example));
        }
        assertThat(points.stream().distinct().count()).isEqualTo(MANY);
        // four standard errors
        assertThat(points.stream().mapToInt(Point::label).average().orElseThrow())
                .isCloseTo(0.5, within(0.01));
    }

    @Test
    void noisyXorHasTheGivenSpreadAndFractionOfWrongClasses() {
        List<Point> points = points(new NoisyXor(MANY, 0.2, 0.25, 1));
        double squares = 0;
        double wrong = 0;
        for (int n = 0; n < MANY; n++) {
            int first = n % 4 / 2;
            int second = n % 2;
            double dx = points.get(n).x() - first;
            double dy = points.get(n).y() - second;
            squares += dx * dx + dy * dy;
            wrong += points.get(n).label() == (first == second ? 0 : 1) ? 0 : 1;
        }
        assertThat(Math.sqrt(squares / (2 * MANY))).isCloseTo(0.2, within(0.003));
        assertThat(wrong / MANY).isCloseTo(0.25, within(0.01));
    }

    @Test
    void pointsAreExactWithoutNoise() {
        for (Point point : points(new NoisyXor(1000, 0, 0, 1))) {
            assertThat(point.label()).isEqualTo(point.x() == point.y() ? 0 : 1);
        }
        for (Point point : points(new Circles(1000, 0, 1))) {
            assertThat(point.radius()).isCloseTo(point.label() == 1 ? 0.5 : 1, within(1e-6));
        }
        for (Point point : points(new Spirals(1000, 0, 2, 1))) {
            // two turns at radius 1 are four half turns, and the second arm is half a turn ahead
            double angle = Math.PI * (4 * point.radius() + point.label());
            assertThat(point.x()).isCloseTo(point.radius() * Math.cos(angle), within(1e-5));
            assertThat(point.y()).isCloseTo(point.radius() * Math.sin(angle), within(1e-5));
        }
    }

    @Test
    void circlesCoverAllAnglesAndSpiralsAllRadii() {
        List<Point> circles = points(new Circles(MANY, 0, 1));
        assertThat(circles.stream().mapToDouble(Point::x).average().orElseThrow())
                .isCloseTo(0, within(0.015));
        assertThat(circles.stream().mapToDouble(Point::y).average().orElseThrow())
                .isCloseTo(0, within(0.015));
        List<Point> spirals = points(new Spirals(MANY, 0, 2, 1));
        assertThat(spirals.stream().mapToDouble(Point::radius).average().orElseThrow())
                .isCloseTo(0.5, within(0.006));
        assertThat(spirals.stream().mapToDouble(Point::radius).max().orElseThrow())
                .isBetween(0.999, 1.00001);
    }

    @Test
    void noiseIsNormallyDistributed() {
        double[] off = points(new NoisyXor(MANY, 1, 0, 1)).stream()
                .mapToDouble(Point::x)
                .toArray();
        double[] z =
                IntStream.range(0, MANY).mapToDouble(n -> off[n] - n % 4 / 2).toArray();
        // the mean, and the fractions within one and two standard deviations, of the normal distribution
        assertThat(IntStream.range(0, MANY).mapToDouble(n -> z[n]).average().orElseThrow())
                .isCloseTo(0, within(0.02));
        assertThat(fractionWithin(z, 1)).isCloseTo(0.6827, within(0.01));
        assertThat(fractionWithin(z, 2)).isCloseTo(0.9545, within(0.005));
    }

    private static double fractionWithin(double[] values, int deviations) {
        return LongStream.range(0, values.length)
                        .filter(n -> Math.abs(values[(int) n]) < deviations)
                        .count()
                / (double) values.length;
    }

    @Test
    void parityIsOneForOddBitCountsAndIsXorForTwoBits() {
        Parity three = new Parity(3, 2);
        assertThat(three.examples()).isEqualTo(16);
        int[] expected = {0, 1, 1, 0, 1, 0, 0, 1};
        for (int n = 0; n < 16; n++) {
            float[] features = new float[3 * Tile.EXAMPLES];
            float[] target = new float[1];
            three.write(n, features, 0, target, 0);
            assertThat(4 * features[0] + 2 * features[Tile.EXAMPLES] + features[2 * Tile.EXAMPLES])
                    .isEqualTo(n % 8);
            assertThat(target[0]).isEqualTo(expected[n % 8]);
        }
        assertThat(points(new Parity(2, 5))).isEqualTo(points(new XorTruthTable(5)));
    }

    @Test
    void rejectsInvalidSettings() {
        assertThatThrownBy(() -> new Circles(0, 0.1, 1)).hasMessageContaining("Invalid examples: 0 (must be 1 to");
        assertThatThrownBy(() -> new Circles(1, Double.NaN, 1)).hasMessage("Invalid noise: NaN (must be >= 0)");
        assertThatThrownBy(() -> new NoisyXor(1, 0, 2, 1)).hasMessage("Invalid flip: 2.0 (must be from 0 to 1)");
        assertThatThrownBy(() -> new Spirals(1, 0, 0, 1)).hasMessage("Invalid turns: 0.0 (must be > 0)");
        assertThatThrownBy(() -> new Parity(25, 1)).hasMessage("Invalid bits: 25 (must be 1 to 24)");
        assertThatThrownBy(() -> new Parity(2, 0)).hasMessageContaining("Invalid copies: 0");
    }
}
