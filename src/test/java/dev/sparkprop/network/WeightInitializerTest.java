package dev.sparkprop.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.kernel.Dense;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightInitializerTest {
    private static final Topology TOPOLOGY = RandomNets.sigmoid(100, 300, 1);
    private static final ParameterLayout LAYOUT = new ParameterLayout(TOPOLOGY);

    @Test
    void normalDrawsParametersInLayoutOrder() {
        double[] parameters = WeightInitializer.NORMAL.parameters(LAYOUT, 42, 0.5);
        Random random = new Random(42);
        for (double parameter : parameters) {
            assertThat(parameter).isEqualTo(0.5 * random.nextGaussian());
        }
    }

    @Test
    void deviationsMatchTheSchemes() {
        // for 30,000 draws, the standard error of a deviation is 0.4 %
        assertThat(deviation(WeightInitializer.NORMAL)).isCloseTo(1, within(0.02));
        assertThat(deviation(WeightInitializer.HE)).isCloseTo(Math.sqrt(2.0 / 100), within(0.003));
        assertThat(deviation(WeightInitializer.XAVIER)).isCloseTo(Math.sqrt(2.0 / 400), within(0.0015));
        assertThat(Arrays.stream(firstWeights(WeightInitializer.XAVIER))
                        .map(Math::abs)
                        .max()
                        .orElseThrow())
                .isBetween(0.99 * Math.sqrt(6.0 / 400), Math.sqrt(6.0 / 400));
    }

    @Test
    void onlyNormalInitializesBiases() {
        Dense first = LAYOUT.dense().get(0);
        for (WeightInitializer scheme : WeightInitializer.values()) {
            double[] parameters = scheme.parameters(LAYOUT, 1, 1);
            double[] biases = Arrays.copyOfRange(parameters, first.biases(), first.biases() + first.outputs());
            assertThat(Arrays.stream(biases).anyMatch(b -> b != 0)).isEqualTo(scheme == WeightInitializer.NORMAL);
        }
        assertThat(WeightInitializer.ZERO.parameters(LAYOUT, 1, 1)).containsOnly(0.0);
    }

    private static double[] firstWeights(WeightInitializer scheme) {
        return Arrays.copyOf(
                scheme.parameters(LAYOUT, 1, 1), LAYOUT.dense().get(0).weightCount());
    }

    private static double deviation(WeightInitializer scheme) {
        return Math.sqrt(
                Arrays.stream(firstWeights(scheme)).map(w -> w * w).average().orElseThrow());
    }
}
