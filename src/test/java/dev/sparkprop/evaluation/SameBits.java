package dev.sparkprop.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.optimizer.CostAndGradient;
import java.util.List;

/** Compares the results of evaluations bit by bit. */
public final class SameBits {
    private SameBits() {}

    public static void assertSameBits(List<CostAndGradient> actual, List<CostAndGradient> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertSameBits(actual.get(i), expected.get(i));
        }
    }

    public static void assertSameBits(CostAndGradient actual, CostAndGradient expected) {
        assertThat(actual.gradient()).containsExactly(expected.gradient());
        assertThat(actual.cost()).isEqualTo(expected.cost());
        assertThat(actual.accuracy()).isEqualTo(expected.accuracy());
    }
}
