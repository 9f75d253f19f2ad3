package dev.sparkprop.data.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.generated.RandomExamples.Targets;
import org.junit.jupiter.api.Test;

class RandomExamplesTest {
    private static Shard pack(RandomExamples source) {
        return Shard.pack(source, new Sharding(source.examples(), 4096), 0);
    }

    @Test
    void featuresAreUniformAndUncorrelated() {
        Shard shard = pack(new RandomExamples(2, 1, Targets.INDEPENDENT, 4096, 1));
        double sum = 0;
        double squares = 0;
        double products = 0;
        for (int tile = 0; tile < 16; tile++) {
            for (int e = 0; e < 255; e++) {
                float x = shard.features()[tile * 512 + e];
                assertThat(x).isBetween(0f, 1f);
                sum += x;
                squares += x * x;
                products += (x - 0.5) * (shard.features()[tile * 512 + e + 1] - 0.5);
            }
        }
        // the standard errors for 4,080 draws are 0.0045, 0.0047 and 0.0013
        assertThat(sum / 4080).isCloseTo(1 / 2.0, within(0.015));
        assertThat(squares / 4080).isCloseTo(1 / 3.0, within(0.015));
        assertThat(products / 4080).isCloseTo(0, within(0.005));
    }

    @Test
    void examplesAreTheSameInAnyShards() {
        RandomExamples source = new RandomExamples(3, 2, Targets.INDEPENDENT, 1000, 7);
        Shard single = Shard.pack(source, new Sharding(1000, 1024), 0);
        Shard third = Shard.pack(source, new Sharding(1000, 256), 2);
        for (int i = 0; i < 3 * 256; i++) {
            assertThat(third.features()[i]).isEqualTo(single.features()[2 * 3 * 256 + i]);
        }
        assertThat(pack(new RandomExamples(3, 2, Targets.INDEPENDENT, 1000, 8)).features())
                .isNotEqualTo(pack(source).features());
    }

    @Test
    void targetsAreBitsOrOneOfMany() {
        Shard bits = pack(new RandomExamples(1, 1, Targets.INDEPENDENT, 4096, 1));
        double ones = 0;
        for (float target : bits.targets()) {
            assertThat(target).isIn(0f, 1f);
            ones += target;
        }
        assertThat(ones / 4096).isCloseTo(0.5, within(0.025));
        Shard classes = pack(new RandomExamples(1, 5, Targets.ONE_OF, 4096, 1));
        double[] counts = new double[5];
        for (int tile = 0; tile < 16; tile++) {
            for (int e = 0; e < 256; e++) {
                double sum = 0;
                for (int o = 0; o < 5; o++) {
                    counts[o] += classes.targets()[(tile * 5 + o) * 256 + e];
                    sum += classes.targets()[(tile * 5 + o) * 256 + e];
                }
                assertThat(sum).isEqualTo(1);
            }
        }
        assertThat(counts)
                .usingComparatorWithPrecision(0.02 * 4096)
                .containsExactly(new double[] {819, 819, 819, 819, 819});
    }

    @Test
    void rejectsZeroFeatures() {
        assertThatThrownBy(() -> new RandomExamples(0, 1, Targets.ONE_OF, 1, 1))
                .hasMessageContaining("1 with 0 features and 1 targets (all must be at least 1");
    }
}
