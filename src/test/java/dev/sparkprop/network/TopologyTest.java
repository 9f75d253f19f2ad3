package dev.sparkprop.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.text.ConstantName;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {
    @Test
    void countsWeightsAndBiases() {
        // 784·10 + 10·10 weights and 20 biases
        assertThat(RandomNets.sigmoid(784, 10, 10).parameterCount()).isEqualTo(7_840 + 100 + 20);
        assertThat(RandomNets.sigmoid(2, 2, 1)).hasToString("2-2-1");
    }

    @Test
    void layoutPlacesTensorsConsecutively() {
        ParameterLayout layout = new ParameterLayout(RandomNets.sigmoid(3, 5, 2));
        assertThat(layout.tensors())
                .containsExactly(
                        new ParameterLayout.Tensor("W1", List.of(5, 3), 0),
                        new ParameterLayout.Tensor("b1", List.of(5), 15),
                        new ParameterLayout.Tensor("W2", List.of(2, 5), 20),
                        new ParameterLayout.Tensor("b2", List.of(2), 30));
        assertThat(layout.size()).isEqualTo(32);
    }

    @Test
    void rejectsInvalidTopologies() {
        assertThatThrownBy(() -> RandomNets.sigmoid(2))
                .hasMessage("Invalid layers: [2] (must be two or more widths, each at least 1)");
        assertThatThrownBy(() -> RandomNets.sigmoid(2, 0, 1)).hasMessageContaining("[2, 0, 1]");
        assertThatThrownBy(() -> RandomNets.sigmoid(2, 2_000_000_000, 2_000_000_000, 1))
                .hasMessageContaining("4000000003 units, must be at most 4194304");
        assertThatThrownBy(() -> RandomNets.sigmoid(100_000, 100_000, 1))
                .hasMessageContaining("10000200001 parameters, must be at most 67108864");
        assertThatThrownBy(() ->
                        new Topology(List.of(2, 2), Activation.SIGMOID, Output.SOFTMAX, Loss.BINARY_CROSS_ENTROPY))
                .hasMessage("Invalid loss: binary-cross-entropy with output softmax (must be softmax-cross-entropy)");
    }

    @Test
    void countsTheMultiplyAddsOfAnEvaluation() {
        // 784·10 + 10·10 forward, as many for the gradient, and 10·10 for the delta of the hidden layer
        assertThat(RandomNets.sigmoid(784, 10, 10).multiplyAdds()).isEqualTo(2 * 7_940 + 100);
        assertThat(RandomNets.sigmoid(2, 1).multiplyAdds()).isEqualTo(4);
    }

    @Test
    void countsEachLayer() {
        List<LayerCounts> layers = RandomNets.sigmoid(784, 10, 20).counts();
        assertThat(layers).containsExactly(new LayerCounts(784, 10, true), new LayerCounts(10, 20, false));
        assertThat(layers).extracting(LayerCounts::weights).containsExactly(7_840L, 200L);
        assertThat(layers).extracting(LayerCounts::biases).containsExactly(10L, 20L);
        assertThat(layers).extracting(LayerCounts::forward).containsExactly(7_840L, 200L);
        assertThat(layers).extracting(LayerCounts::backward).containsExactly(7_840L, 400L);
        assertThat(layers).extracting(LayerCounts::parameterBytes).containsExactly(31_400L, 880L);
        assertThat(layers).extracting(LayerCounts::tileBytes).containsExactly(10_240L, 20_480L);
    }

    @Test
    void countsTheWorkOfATraining() {
        Workload work = new Workload(RandomNets.sigmoid(2, 2, 1), 257, 10);
        assertThat(work.multiplyAdds()).isEqualTo(14 * 257 * 10);
        assertThat(work.operations()).isEqualTo(2 * 14 * 257 * 10);
        assertThat(work.tiles()).isEqualTo(2);
        assertThat(work.dataBytes()).isEqualTo(2 * 256 * 3 * 4);
    }

    @Test
    void namesAreLowerCaseWithHyphens() {
        assertThat(ConstantName.of(Loss.BINARY_CROSS_ENTROPY)).isEqualTo("binary-cross-entropy");
        assertThat(ConstantName.parse(Loss.class, "binary-cross-entropy")).contains(Loss.BINARY_CROSS_ENTROPY);
        assertThat(ConstantName.parse(Loss.class, "BINARY_CROSS_ENTROPY")).isEmpty();
    }
}
