package dev.sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.generated.NoisyXor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.01, 0.1, 0.15, 0.2, 0.25, 0.3, 1 / 3.0, 0.4, 0.5})
    void bothPartsTogetherContainAllExamplesInOrder(double fraction) {
        for (long all : new long[] {1, 2, 3, 4, 5, 9, 10, 11, 1_000, 1_797, 10_007}) {
            Part training = new Part(all, fraction, 7, false);
            Part validation = training.other();
            long learned = 0;
            long held = 0;
            for (long example = 0; example < all; example++) {
                boolean isHeld = validation.index(example) >= 0;
                Part part = isHeld ? validation : training;
                assertThat((isHeld ? training : validation).index(example)).isEqualTo(-1);
                assertThat(part.index(example)).isEqualTo(isHeld ? held++ : learned++);
                assertThat(part.example(part.index(example))).isEqualTo(example);
            }
            assertThat(training.examples()).isEqualTo(learned);
            assertThat(validation.examples()).isEqualTo(held);
            assertThat((double) held).isCloseTo(fraction * all, within(1.0));
        }
    }

    @Test
    void largePositionsAreExact() {
        Part part = new Part(1L << 45, 0.1, 1, false);
        for (long index = (1L << 44) - 1_000; index < (1L << 44) + 1_000; index++) {
            assertThat(part.index(part.example(index))).isEqualTo(index);
            assertThat(part.other().index(part.other().example(index / 100))).isEqualTo(index / 100);
        }
    }

    @Test
    void holdsOutPeriodicRowsEvenly() {
        Part held = new Part(40_000, 0.25, 1, true);
        int[] rows = new int[4];
        for (long index = 0; index < held.examples(); index++) {
            rows[(int) (held.example(index) % 4)]++;
        }
        // the standard deviation of a binomial distribution with 10,000 trials of probability 1/4 is 43
        assertThat(rows).satisfies(counts -> {
            for (int count : counts) {
                assertThat(count).isBetween(2_500 - 5 * 43, 2_500 + 5 * 43);
            }
        });
    }

    @Test
    void seedsHoldOutDifferentExamples() {
        Part one = new Part(1_000, 0.1, 1, true);
        Part two = new Part(1_000, 0.1, 2, true);
        long same = 0;
        for (long index = 0; index < 99; index++) {
            same += one.example(index) == two.example(index) ? 1 : 0;
        }
        assertThat(same).isLessThan(30);
    }

    @Test
    void wholePartContainsAllExamples() {
        Part all = Part.all(5);
        assertThat(all.examples()).isEqualTo(5);
        assertThat(all.index(4)).isEqualTo(4);
        assertThat(all.example(4)).isEqualTo(4);
        assertThatThrownBy(all::other).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rejectsFractionsAboveOneHalf() {
        assertThatThrownBy(() -> new Part(10, 0.6, 1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid fraction: 0.6 (must be above 0 and at most 0.5)");
        assertThatThrownBy(() -> new Part(10, Double.NaN, 1, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void partWritesTheExamplesOfItsSource() {
        ExampleSource source = new NoisyXor(1_000, 0.1, 0, 3);
        Part held = new Part(1_000, 0.2, 3, true);
        ExampleSource part = new PartOfExamples(source, held);
        float[] expected = new float[3 * Tile.EXAMPLES];
        float[] written = new float[3 * Tile.EXAMPLES];
        assertThat(part.examples()).isEqualTo(held.examples());
        for (long example = 0; example < part.examples(); example++) {
            source.write(held.example(example), expected, 0, expected, 2 * Tile.EXAMPLES);
            part.write(example, written, 0, written, 2 * Tile.EXAMPLES);
            assertThat(written).isEqualTo(expected);
        }
    }
}
