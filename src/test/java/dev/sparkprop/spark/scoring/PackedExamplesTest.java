package dev.sparkprop.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.generated.Circles;
import dev.sparkprop.data.generated.XorTruthTable;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.ReferenceNetwork;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.dataset.ShardedDataset;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedExamplesTest {
    private static JavaSparkContext context;

    @BeforeAll
    static void startSpark() {
        context = LocalSpark.context();
    }

    private static ShardedDataset dataset(ExampleSource source, int shardExamples, int partitions) {
        ShardedDataset dataset = new ShardedDataset(
                context, source, new Sharding(source.examples(), shardExamples), OptionalInt.of(partitions));
        dataset.pack();
        return dataset;
    }

    private static int indexOfLargest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void countsClassesByWeightLikeTheReference(int partitions) {
        Topology topology = RandomNets.of(Activation.TANH, Output.SOFTMAX, 4, 6, 3);
        double[] parameters = RandomNets.parameters(topology, 5);
        RandomNets.Rows random = RandomNets.Rows.random(topology, 700, 2);
        double[] weights = new double[700];
        Confusion expected = new Confusion(3);
        ReferenceNetwork reference = new ReferenceNetwork(topology, parameters);
        for (int e = 0; e < weights.length; e++) {
            weights[e] = e % 4 / 2.0;
            expected.add(indexOfLargest(random.t()[e]), indexOfLargest(reference.predict(random.x()[e])), weights[e]);
        }
        RandomNets.Rows rows = new RandomNets.Rows(random.x(), random.t(), weights);
        try (ShardedDataset dataset = dataset(rows, 256, partitions)) {
            Confusion counted =
                    PackedConfusion.of(context, dataset, topology, KernelSelection.SCALAR, parameters, List.of());
            for (int actual = 0; actual < 3; actual++) {
                for (int predicted = 0; predicted < 3; predicted++) {
                    assertThat(counted.weight(actual, predicted)).isEqualTo(expected.weight(actual, predicted));
                }
            }
            assertThat(counted.actual(0)).isPositive();
            assertThat(counted.accuracy()).isBetween(0.05, 0.95);
        }
    }

    @Test
    void singleOutputSeparatesClassesAtOneHalf() {
        // the prediction is x2, regardless of x1
        Topology topology = RandomNets.sigmoid(2, 1);
        try (ShardedDataset dataset = dataset(new XorTruthTable(3), 256, 1)) {
            Confusion counted = PackedConfusion.of(
                    context, dataset, topology, KernelSelection.AUTO, new double[] {0, 2, -1}, List.of());
            assertThat(counted.weight(0, 0)).isEqualTo(3);
            assertThat(counted.weight(0, 1)).isEqualTo(3);
            assertThat(counted.weight(1, 0)).isEqualTo(3);
            assertThat(counted.weight(1, 1)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4_096, 300_000})
    void sampleContainsAllRowsOfARepeatedTable(long copies) {
        try (ShardedDataset dataset = dataset(new XorTruthTable(copies), 256, 2)) {
            assertThat(PackedSample.of(dataset, 500))
                    .containsExactlyInAnyOrder(
                            List.of(0f, 0f, 0f), List.of(0f, 1f, 1f), List.of(1f, 0f, 1f), List.of(1f, 1f, 0f));
        }
    }

    @Test
    void sampleIsSmallSpreadAndTheSameForAnyPartitions() {
        Circles circles = new Circles(20_000, 0.05, 7);
        List<List<Float>> points;
        try (ShardedDataset dataset = dataset(circles, 256, 1)) {
            points = PackedSample.of(dataset, 500);
        }
        assertThat(points).hasSizeBetween(300, 500).doesNotHaveDuplicates();
        assertThat(points.stream().filter(point -> point.get(2) == 1).count()).isBetween(150L, 300L);
        try (ShardedDataset dataset = dataset(circles, 256, 5)) {
            assertThat(PackedSample.of(dataset, 500)).isEqualTo(points);
        }
    }

    @Test
    void pointsOfSeveralOutputsHaveTheirClass() {
        RandomNets.Rows rows =
                new RandomNets.Rows(new double[][] {{1, 2}, {3, 4}}, new double[][] {{0, 0, 1}, {0, 1, 0}});
        try (ShardedDataset dataset = dataset(rows, 256, 1)) {
            assertThat(PackedSample.of(dataset, 500)).containsExactly(List.of(1f, 2f, 2f), List.of(3f, 4f, 1f));
        }
    }

    @Test
    void sampleHasAllFeaturesAndAtMostTheGivenSize() {
        RandomNets.Rows rows =
                new RandomNets.Rows(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, new double[][] {{0}, {1}, {1}});
        try (ShardedDataset dataset = dataset(rows, 256, 1)) {
            assertThat(PackedSample.of(dataset, 2))
                    .hasSize(2)
                    .isSubsetOf(List.of(1f, 2f, 3f, 0f), List.of(4f, 5f, 6f, 1f), List.of(7f, 8f, 9f, 1f));
        }
    }

    /** The targets 0, 1, 1 and 0 of the truth table have a variance of one quarter. */
    @Test
    void targetVarianceCoversAllExamples() {
        try (ShardedDataset dataset = dataset(new XorTruthTable(300), 256, 3)) {
            assertThat(TargetVariance.of(dataset)).isEqualTo(0.25);
        }
    }
}
