package dev.sparkprop.data.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankSearchTest {
    private static final double[] SPECIAL = {0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, 1e30, -1e30, 1, -1};

    private static double find(double[] values, long rank, int bits) {
        RankSearch search = RankSearch.all(0, rank, values.length);
        for (int pass = 0; !search.isFound(); pass++) {
            assertThat(pass).isLessThan(64 / bits + 2);
            RankCounts first = new RankCounts(search, bits);
            RankCounts second = new RankCounts(search, bits);
            for (int i = 0; i < values.length; i++) {
                (i % 3 == 0 ? first : second).add(new double[] {values[i]});
            }
            first.add(new double[] {Double.NaN});
            search = first.add(second).narrowed();
        }
        return search.found();
    }

    @Test
    void findsTheValueAtEachRank() {
        Random random = new Random(1);
        for (int bits : new int[] {2, 4, 8}) {
            for (int n : new int[] {1, 2, 5, 40, 300}) {
                double[] values = random.doubles(n)
                        .map(x -> random.nextInt(4) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : 100 * x - 50)
                        .toArray();
                double[] sorted =
                        Arrays.stream(values).map(x -> x + 0.0).sorted().toArray();
                for (int rank = 0; rank < n; rank += 1 + n / 20) {
                    assertThat(find(values, rank, bits)).isEqualTo(sorted[rank]);
                }
            }
        }
    }

    @Test
    void keysHaveTheOrderOfTheirValues() {
        double[] ordered = {
            Double.NEGATIVE_INFINITY,
            -1e30,
            -1,
            -Double.MIN_VALUE,
            0,
            Double.MIN_VALUE,
            1,
            1e30,
            Double.POSITIVE_INFINITY
        };
        for (int i = 0; i < ordered.length; i++) {
            assertThat(RankSearch.value(RankSearch.key(ordered[i]))).isEqualTo(ordered[i]);
            if (i > 0) {
                assertThat(RankSearch.key(ordered[i])).isGreaterThan(RankSearch.key(ordered[i - 1]));
            }
        }
        assertThat(RankSearch.key(-0.0)).isEqualTo(RankSearch.key(0));
    }
}
