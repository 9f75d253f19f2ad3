package dev.sparkprop.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.kernel.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceNetworkTest {
    /**
     * With a step of 6e-6, the cube root of the spacing of doubles at 1, central differences are accurate to about
     * 1e-10.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void gradientMatchesCentralDifferences(long seed) {
        Topology topology = switch ((int) seed) {
            case 1 -> RandomNets.sigmoid(3, 1);
            case 2 -> RandomNets.sigmoid(2, 2, 1);
            case 3 -> RandomNets.sigmoid(5, 7, 3);
            case 4 -> RandomNets.sigmoid(4, 6, 5, 2);
            case 5 -> RandomNets.of(Activation.TANH, Output.LINEAR, 4, 6, 3);
            case 6 -> RandomNets.of(Activation.SIGMOID, Output.LINEAR, 3, 2);
            default -> RandomNets.sigmoid(2, 10, 10, 10, 1);
        };
        RandomNets.Rows rows = RandomNets.Rows.random(topology, 9, seed);
        double[] parameters = RandomNets.parameters(topology, seed);
        double[] gradient = RandomNets.gradient(topology, parameters, rows);
        double[] differences = new double[parameters.length];
        double step = Math.cbrt(Math.ulp(1.0));
        for (int i = 0; i < parameters.length; i++) {
            double[] shifted = parameters.clone();
            shifted[i] = parameters[i] + step;
            double above = RandomNets.cost(topology, shifted, rows);
            shifted[i] = parameters[i] - step;
            differences[i] = (above - RandomNets.cost(topology, shifted, rows)) / (2 * step);
        }
        assertThat(RandomNets.relativeDistance(gradient, differences)).isLessThan(1e-7);
    }

    @Test
    void oneNeuronMatchesAHandCalculation() {
        // z = 2·1 − 1·3 + 0.5 = −0.5, a = σ(−0.5), target 1: ∂loss/∂z = a − 1
        double a = 1 / (1 + Math.exp(0.5));
        double[] parameters = {2, -1, 0.5};
        RandomNets.Rows row = new RandomNets.Rows(new double[][] {{1, 3}}, new double[][] {{1}});
        Topology topology = RandomNets.sigmoid(2, 1);
        assertThat(new ReferenceNetwork(topology, parameters).predict(row.x()[0])[0])
                .isCloseTo(a, within(1e-15));
        assertThat(RandomNets.cost(topology, parameters, row)).isCloseTo(-Math.log(a), within(1e-15));
        assertThat(RandomNets.gradient(topology, parameters, row))
                .containsExactly(new double[] {a - 1, 3 * (a - 1), a - 1}, within(1e-15));
    }

    @Test
    void rejectsAWrongNumberOfParameters() {
        assertThatThrownBy(() -> new ReferenceNetwork(RandomNets.sigmoid(2, 1), new double[4]))
                .hasMessage("Invalid number of parameters: 4 (must be 3 for 2-1)");
    }
}
