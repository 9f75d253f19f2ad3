package dev.sparkprop.cli.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.cli.options.UsageException;
import dev.sparkprop.data.Example;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.Models;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenExampleTest {
    private static final Model XOR = model(RandomNets.sigmoid(2, 2, 1));

    private static Model model(Topology topology) {
        return new Model(topology, new double[topology.parameterCount()]);
    }

    private static Model trainedModel(
            Output output, TargetKind kind, int outputs, List<String> classes, double... moments) {
        Topology topology = RandomNets.of(Activation.TANH, output, 2, outputs);
        return Models.model(topology, kind, new double[topology.parameterCount()], classes, moments);
    }

    private static Example example(Model model, String features, String target) throws UsageException {
        return new GivenExample(split(features), split(target)).of(model);
    }

    private static List<String> split(String text) {
        return text == null ? List.of() : Stream.of(text.split(",", -1)).toList();
    }

    @ParameterizedTest
    @CsvSource({"'0,0', 0", "'0,1', 1", "'1,0', 1", "'1,1', 0"})
    void xorRowsNeedNoTarget(String row, double target) throws UsageException {
        assertThat(example(XOR, row, null).targets()).containsExactly(target);
        assertThat(example(XOR, row, "0.25").targets()).containsExactly(0.25);
    }

    @Test
    void standardizesFeaturesAsInTraining() throws UsageException {
        Model classes = trainedModel(Output.SOFTMAX, TargetKind.CLASSES, 3, List.of("1", "2", "wide"), 10, 1, 2, 4);
        Example example = example(classes, "14,-1", "wide");
        assertThat(example.features()).containsExactly(2, -0.5);
        assertThat(example.targets()).containsExactly(0, 0, 1);
        assertThat(example(classes, "14,-1", "2.0").targets()).containsExactly(0, 1, 0);
        assertThatThrownBy(() -> example(classes, "14,-1", "blue"))
                .hasMessage("Invalid --target: blue (must be one of 1, 2, wide)");
        assertThatThrownBy(() -> example(classes, "14,-1", null)).hasMessageStartingWith("Missing --target");
    }

    @Test
    void targetOfTwoClassesIsOneNumber() throws UsageException {
        Model two = trainedModel(Output.SIGMOID, TargetKind.TWO_CLASSES, 1, List.of("no", "yes"), 0, 0, 1, 1);
        assertThat(example(two, "0,1", "yes").targets()).containsExactly(1);
        assertThat(example(two, "0,1", "no").targets()).containsExactly(0);
        assertThatThrownBy(() -> example(two, "0,1", null)).hasMessageStartingWith("Missing --target");
    }

    @Test
    void standardizesNumericTargets() throws UsageException {
        Model numbers = trainedModel(Output.LINEAR, TargetKind.NUMBERS, 1, List.of(), 10, 1, 100, 2, 4, 20);
        assertThat(example(numbers, "10,1", "140").targets()).containsExactly(2);
    }

    @Test
    void rejectsInvalidExamples() {
        assertRejected(XOR, "0", null, "Invalid --example: 0 (must be 2 finite numbers, one per input)");
        assertRejected(XOR, "0,x", null, "Invalid --example: 0,x (must be 2 finite");
        assertRejected(XOR, "0,1e39", "1", "Invalid --example: 0,1e39 (must be 2 finite");
        assertRejected(XOR, "0,0.5", null, "Missing --target: the expected outputs for this example");
        assertRejected(XOR, "0,1", "1,0", "Invalid --target: 1,0 (must be 1 finite number, one per output)");
        assertRejected(XOR, "0,1", "2", "Invalid --target: 2 (must be from 0 to 1)");
        assertRejected(model(RandomNets.sigmoid(3, 1)), "0,1,1", null, "Missing --target");
        Model softmax = model(RandomNets.of(Activation.TANH, Output.SOFTMAX, 2, 3));
        assertRejected(softmax, "0,1", "1,1,0", "Invalid --target: 1,1,0 (must sum to 1 over the classes)");
    }

    private static void assertRejected(Model model, String features, String target, String message) {
        assertThatThrownBy(() -> example(model, features, target))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message);
    }
}
