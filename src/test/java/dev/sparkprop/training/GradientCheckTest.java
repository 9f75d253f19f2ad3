package dev.sparkprop.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.data.Example;
import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.ListedExamples;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.evaluation.LocalGradientSource;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.ScalarKernels;
import dev.sparkprop.network.GoldenTrajectory;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.training.GradientCheck.Finding;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientCheckTest {
    /** The default of {@code --tolerance}. */
    private static final double TOLERANCE = 1e-4;

    /** The error of the float32 kernels for these networks. */
    private static final double FLOAT_TOLERANCE = 3e-6;

    private static final Consumer<double[]> NO_FAULT = gradient -> {};

    /** Returns a fault that multiplies one derivative by a factor. */
    private static Consumer<double[]> faultAt(int index, double factor) {
        return gradient -> gradient[index] *= factor;
    }

    /** Evaluates in this process and applies a fault to the gradient. */
    private record Faulty(GradientSource correct, Consumer<double[]> fault) implements GradientSource {
        @Override
        public long examples() {
            return correct.examples();
        }

        @Override
        public List<CostAndGradient> evaluate(Request request) {
            List<CostAndGradient> means = correct.evaluate(request);
            fault.accept(means.get(0).gradient());
            return means;
        }
    }

    private static List<Finding> check(
            Topology topology,
            double[] parameters,
            Penalty penalty,
            ExampleSource source,
            List<Example> examples,
            Consumer<double[]> fault) {
        GradientSource sums = new LocalGradientSource(source, Sharding.of(source), topology, new ScalarKernels());
        return new GradientCheck(topology, penalty, parameters)
                .compare(
                        new Faulty(sums, fault),
                        Batches.all(source.examples()),
                        examples,
                        IntStream.range(0, parameters.length).toArray());
    }

    private static void assertPasses(List<Finding> findings, double tolerance) {
        assertThat(findings).allMatch(finding -> finding.within(tolerance));
    }

    @ParameterizedTest
    @MethodSource("dev.sparkprop.network.GoldenTrajectory#names")
    void gradientsThatMatchPyTorchPass(String name) {
        GoldenTrajectory golden = GoldenTrajectory.read(name);
        assertPasses(
                check(
                        golden.topology(),
                        golden.initial(),
                        new Penalty(golden.l2(), 0),
                        golden.rows(),
                        golden.rows().list(),
                        NO_FAULT),
                FLOAT_TOLERANCE);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyActivationOutputAndPenaltyPasses(Activation hidden) {
        for (Output output : Output.values()) {
            Topology topology = RandomNets.of(hidden, output, 5, 7, 4, 3);
            RandomNets.Rows rows = RandomNets.Rows.random(topology, 200, 3);
            List<Finding> findings = check(
                    topology, RandomNets.parameters(topology, 3), new Penalty(0.1, 0.01), rows, rows.list(), NO_FAULT);
            assertThat(findings).extracting(Finding::tensor).containsExactly("W1", "b1", "W2", "b2", "W3", "b3");
            assertThat(findings).extracting(Finding::parameters).containsExactly(35, 7, 28, 4, 12, 3);
            assertPasses(findings, FLOAT_TOLERANCE);
        }
    }

    /** For each parameter in turn, reduces its derivative by a tenth or reverses its sign. */
    @Test
    void findsAndNamesOneWrongElement() {
        Topology topology = RandomNets.of(Activation.TANH, Output.LINEAR, 3, 4, 2);
        RandomNets.Rows rows = RandomNets.Rows.random(topology, 20, 1);
        double[] parameters = RandomNets.parameters(topology, 1);
        double[] gradient = RandomNets.gradient(topology, parameters, rows);
        for (int index = 0; index < parameters.length; index++) {
            for (double missing : new double[] {0.1, 2}) {
                List<Finding> findings =
                        check(topology, parameters, Penalty.NONE, rows, rows.list(), faultAt(index, 1 - missing));
                Finding found = findings.stream()
                        .filter(finding -> !finding.within(TOLERANCE))
                        .findFirst()
                        .orElseThrow();
                assertThat(findings.stream().filter(finding -> !finding.within(TOLERANCE)))
                        .hasSize(1);
                assertThat(found.worst().index()).isEqualTo(index);
                assertThat(found.tensor()).isEqualTo(found.worst().tensor());
                assertThat(found.absolute() / (missing * Math.abs(gradient[index])))
                        .isBetween(0.99, 1.01);
            }
        }
    }

    @Test
    void nanFails() {
        Topology topology = RandomNets.sigmoid(2, 2, 1);
        RandomNets.Rows rows = RandomNets.Rows.random(topology, 5, 1);
        List<Finding> findings = check(
                topology, RandomNets.parameters(topology, 1), Penalty.NONE, rows, rows.list(), faultAt(1, Double.NaN));
        assertThat(findings.get(0).within(TOLERANCE)).isFalse();
        assertThat(findings.get(0).worst()).hasToString("W1[0,1]");
        assertPasses(findings.subList(1, 4), TOLERANCE);
    }

    /**
     * At z = 0, a difference averages the slopes on both sides, but the gradient uses one of them. With zero biases,
     * an example whose features are all 0 has z = 0.
     */
    @ParameterizedTest
    @ValueSource(strings = {"RELU", "LEAKY_RELU"})
    void kinksNeitherFailNorHideAFault(Activation hidden) {
        Topology topology = RandomNets.of(hidden, Output.SIGMOID, 2, 2, 1);
        ListedExamples xor =
                new ListedExamples(List.of(example(0, 0, 0), example(0, 1, 1), example(1, 0, 1), example(1, 1, 0)));
        double[] parameters = {0.5, 0.75, -0.5, 0.25, 0, 0, 1, -1.5, 0};
        List<Finding> findings = check(topology, parameters, Penalty.NONE, xor, xor.list(), NO_FAULT);
        assertThat(findings).extracting(Finding::kinks).containsExactly(0, 2, 0, 0);
        assertPasses(findings, FLOAT_TOLERANCE);
        List<Finding> faulty = check(topology, parameters, Penalty.NONE, xor, xor.list(), faultAt(5, 0.9));
        assertThat(faulty.get(1).within(TOLERANCE)).isFalse();
        assertThat(faulty.get(1).worst()).hasToString("b1[1]");
    }

    private static Example example(double first, double second, double target) {
        return new Example(new double[] {first, second}, new double[] {target}, 1);
    }

    @Test
    void zeroWeightWithL1PenaltyIsAKink() {
        Topology topology = RandomNets.sigmoid(2, 1);
        RandomNets.Rows rows = RandomNets.Rows.random(topology, 5, 1);
        List<Finding> findings =
                check(topology, new double[] {0, 1, 0}, new Penalty(0, 0.1), rows, rows.list(), NO_FAULT);
        assertThat(findings).extracting(Finding::kinks).containsExactly(1, 0);
        assertPasses(findings, FLOAT_TOLERANCE);
    }

    @Test
    void zeroAndCancellingDerivativesPass() {
        Topology topology = RandomNets.sigmoid(2, 2, 1);
        ListedExamples xor =
                new ListedExamples(List.of(example(0, 0, 0), example(0, 1, 1), example(1, 0, 1), example(1, 1, 0)));
        assertPasses(check(topology, new double[9], Penalty.NONE, xor, xor.list(), NO_FAULT), FLOAT_TOLERANCE);
        // also if all examples have weight 0
        ListedExamples zeroWeight = new ListedExamples(List.of(new Example(new double[] {1, 2}, new double[] {1}, 0)));
        assertPasses(
                check(
                        topology,
                        RandomNets.parameters(topology, 1),
                        Penalty.NONE,
                        zeroWeight,
                        zeroWeight.list(),
                        NO_FAULT),
                FLOAT_TOLERANCE);
    }

    @Test
    void largeFeaturesPass() {
        Topology topology = RandomNets.sigmoid(1, 1);
        ListedExamples large = new ListedExamples(List.of(
                new Example(new double[] {123_456}, new double[] {1}, 1),
                new Example(new double[] {-65_432}, new double[] {1}, 1)));
        assertPasses(
                check(topology, new double[] {1e-5, 0.1}, Penalty.NONE, large, large.list(), NO_FAULT),
                FLOAT_TOLERANCE);
    }

    @Test
    void sampleCoversEachTensorAndDependsOnItsSeed() {
        ParameterLayout layout = new ParameterLayout(RandomNets.sigmoid(10, 20, 3));
        int[] sample = GradientCheck.sample(layout, 5, 7);
        assertThat(sample).isSorted().doesNotHaveDuplicates().hasSize(5 + 5 + 5 + 3);
        for (ParameterLayout.Tensor tensor : layout.tensors()) {
            assertThat(IntStream.of(sample)
                            .filter(i -> i >= tensor.offset() && i < tensor.offset() + tensor.size())
                            .count())
                    .isEqualTo(Math.min(5, tensor.size()));
        }
        assertThat(GradientCheck.sample(layout, 5, 7)).isEqualTo(sample);
        assertThat(GradientCheck.sample(layout, 5, 8)).isNotEqualTo(sample);
        assertThat(GradientCheck.sample(layout, 1_000, 7))
                .isEqualTo(IntStream.range(0, layout.size()).toArray());
    }
}
