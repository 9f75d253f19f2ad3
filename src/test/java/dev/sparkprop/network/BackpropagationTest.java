package dev.sparkprop.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.ScalarKernels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackpropagationTest {
    /** Rounding error of float32 sums of a few hundred terms, relative to the norm of the gradient. */
    private static final double FLOAT_TOLERANCE = 2e-6;

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 255, 256, 257, 1025, 3000})
    void agreesWithTheReferenceForAnyNumberOfExamples(int examples) {
        assertAgreesWithTheReference(RandomNets.sigmoid(3, 5, 4, 2), examples);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "2,2,1", "1,31,1", "31,33,32", "33,40,35", "64,64,3", "70,33,1"})
    void agreesWithTheReferenceForAnyWidths(int inputs, int hidden, int outputs) {
        assertAgreesWithTheReference(RandomNets.sigmoid(inputs, hidden, outputs), 300);
        assertAgreesWithTheReference(
                RandomNets.of(Activation.SIGMOID, Output.SOFTMAX, inputs, hidden, outputs + 1), 300);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void agreesWithTheReferenceForEveryActivation(Activation hidden) {
        assertAgreesWithTheReference(RandomNets.of(hidden, Output.SIGMOID, 5, 7, 40, 33, 2), 300);
        assertAgreesWithTheReference(RandomNets.of(hidden, Output.SOFTMAX, 5, 7, 4), 300);
        assertAgreesWithTheReference(RandomNets.of(hidden, Output.LINEAR, 5, 7, 2), 300);
        List<Activation> mixed = List.of(hidden, Activation.TANH, hidden);
        assertAgreesWithTheReference(
                new Topology(List.of(5, 7, 33, 40, 2), mixed, Output.SIGMOID, Loss.BINARY_CROSS_ENTROPY), 300);
    }

    private static void assertAgreesWithTheReference(Topology topology, int examples) {
        RandomNets.Rows rows = RandomNets.Rows.random(topology, examples, 7);
        float[] parameters =
                RandomNets.rounded(WeightInitializer.XAVIER.parameters(new ParameterLayout(topology), 7, 1));
        GradientSum sum = sum(topology, parameters, rows);
        double[] exact = RandomNets.widened(parameters);
        double divisor = (double) examples * topology.loss().terms(topology.outputs());
        assertThat(sum.weight()).isEqualTo(examples);
        assertThat(sum.loss() / divisor).isCloseTo(RandomNets.cost(topology, exact, rows), within(FLOAT_TOLERANCE));
        double[] gradient = sum.gradient().clone();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= divisor;
        }
        assertThat(RandomNets.relativeDistance(gradient, RandomNets.gradient(topology, exact, rows)))
                .isLessThan(FLOAT_TOLERANCE);
        if (topology.loss().classifies()) {
            assertThat(sum.correct()).isEqualTo(countCorrect(topology, exact, rows));
        }
    }

    private static double countCorrect(Topology topology, double[] parameters, RandomNets.Rows rows) {
        double correct = 0;
        for (int e = 0; e < rows.x().length; e++) {
            double[] a = new ReferenceNetwork(topology, parameters).predict(rows.x()[e]);
            if (topology.output() == Output.SOFTMAX) {
                correct += indexOfLargest(a) == indexOfLargest(rows.t()[e]) ? 1 : 0;
                continue;
            }
            for (int o = 0; o < a.length; o++) {
                correct += (a[o] > 0.5) == (rows.t()[e][o] > 0.5) ? 1 : 0;
            }
        }
        return correct;
    }

    private static int indexOfLargest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    private static GradientSum sum(Topology topology, float[] parameters, RandomNets.Rows rows) {
        Backpropagation net = new Backpropagation(topology, new ScalarKernels());
        net.load(parameters);
        return sum(net, topology, Shard.pack(rows, new Sharding(rows.examples(), 16 * Tile.EXAMPLES), 0));
    }

    private static GradientSum sum(Backpropagation net, Topology topology, Shard shard) {
        GradientSum sum = new GradientSum(topology.parameterCount());
        net.addTo(sum, shard);
        return sum;
    }

    @Test
    void shardsDoNotAffectEachOther() {
        Topology topology = RandomNets.sigmoid(3, 40, 33, 1);
        RandomNets.Rows rows = RandomNets.Rows.random(topology, 600, 1);
        Backpropagation net = new Backpropagation(topology, new ScalarKernels());
        net.load(RandomNets.rounded(RandomNets.parameters(topology, 1)));
        Shard shard = Shard.pack(rows, new Sharding(600, 1024), 0);
        GradientSum first = sum(net, topology, shard);
        GradientSum second = sum(net, topology, shard);
        assertThat(second.gradient()).containsExactly(first.gradient());
        assertThat(second.loss()).isEqualTo(first.loss());
    }

    @ParameterizedTest
    @EnumSource(Output.class)
    void predictionsAgreeWithTheReference(Output output) {
        Topology topology = RandomNets.of(Activation.SIGMOID, output, 4, 6, 3);
        RandomNets.Rows rows = RandomNets.Rows.random(topology, 20, 3);
        double[] parameters = RandomNets.parameters(topology, 3);
        Backpropagation net = new Backpropagation(topology, new ScalarKernels());
        net.load(RandomNets.rounded(parameters));
        float[] outputs = new float[3 * Tile.EXAMPLES];
        net.predict(Shard.pack(rows, Sharding.of(rows), 0).features(), 0, outputs, 0);
        ReferenceNetwork reference = new ReferenceNetwork(topology, parameters);
        for (int e = 0; e < 20; e++) {
            double[] expected = reference.predict(rows.x()[e]);
            for (int o = 0; o < 3; o++) {
                assertThat(outputs[o * Tile.EXAMPLES + e]).isCloseTo((float) expected[o], within(1e-6f));
            }
        }
    }

    @Test
    void nanLossRemainsNaN() {
        Topology topology = RandomNets.sigmoid(2, 2, 1);
        float[] parameters = RandomNets.rounded(RandomNets.parameters(topology, 1));
        parameters[0] = Float.NaN;
        GradientSum sum = sum(topology, parameters, RandomNets.Rows.random(topology, 5, 1));
        assertThat(sum.loss()).isNaN();
    }
}
