package dev.sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 100, 127, 128, 129, 1023, 1024, 1025, 65_537, 1_000_000})
    void everyNumberHasOnePosition(int size) {
        for (int number = 0; number < 3; number++) {
            Permutation order = Permutation.of(size, 1, number);
            BitSet seen = new BitSet(size);
            for (int position = 0; position < size; position++) {
                long at = order.at(position);
                assertThat(at).isBetween(0L, size - 1L);
                assertThat(order.positionOf(at)).isEqualTo(position);
                seen.set((int) at);
            }
            assertThat(seen.cardinality()).isEqualTo(size);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 32) + 1, 1_000_000_000_007L, 1L << 62, Long.MAX_VALUE})
    void invertsHugePermutations(long size) {
        Permutation order = Permutation.of(size, 1, 0);
        for (long position : new long[] {0, 1, 255, size / 3, size - 1}) {
            assertThat(order.at(position)).isBetween(0L, size - 1);
            assertThat(order.positionOf(order.at(position))).isEqualTo(position);
        }
    }

    @Test
    void seedsAndNumbersGiveDifferentOrders() {
        Permutation order = Permutation.of(1000, 1, 0);
        for (Permutation other : new Permutation[] {Permutation.of(1000, 2, 0), Permutation.of(1000, 1, 1)}) {
            int same = 0;
            for (int position = 0; position < 1000; position++) {
                same += order.at(position) == other.at(position) ? 1 : 0;
            }
            // two random orders agree in one position on average, and in more than ten with a probability of 1e-8
            assertThat(same).isLessThan(11);
        }
    }

    /**
     * The first two elements of an order are equally likely to be any two numbers. With two rounds fewer, orders of
     * size 33 would fail this test.
     */
    @ParameterizedTest
    @ValueSource(ints = {33, 64, 100})
    void firstPairsAreUniform(int size) {
        int pairs = size * (size - 1);
        int orders = 60 * pairs;
        int[][] counts = new int[size][size];
        for (int number = 0; number < orders; number++) {
            Permutation order = Permutation.of(size, 1, number);
            counts[(int) order.at(0)][(int) order.at(1)]++;
        }
        double chiSquare = 0;
        for (int first = 0; first < size; first++) {
            for (int second = 0; second < size; second++) {
                chiSquare += first == second ? 0 : Math.pow(counts[first][second] - 60, 2) / 60;
            }
        }
        // with this many degrees of freedom, chi-square is nearly normal: five deviations above its mean have a
        // probability below 1e-6
        assertThat(chiSquare).isLessThan(pairs + 5 * Math.sqrt(2.0 * pairs));
    }

    @Test
    void rejectsSizeZero() {
        assertThatThrownBy(() -> new Permutation(0, 1)).hasMessage("Invalid size: 0 (must be at least 1)");
    }
}
