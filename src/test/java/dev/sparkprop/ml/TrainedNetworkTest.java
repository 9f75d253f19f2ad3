package dev.sparkprop.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.TargetKind;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.Models;
import dev.sparkprop.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext$;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedNetworkTest {
    @TempDir
    private Path directory;

    private String write(Model model) throws IOException {
        String path = directory.resolve("run").toString();
        try (RunDirectory run = RunDirectory.open(path, RunDirectory.Existing.FAIL)) {
            run.write(model);
        }
        return path;
    }

    /** Returns a model whose pre-activations z are the standardized features, (length − 10)/2 and (width − 1)/4. */
    private static Model classes() {
        Topology topology = new Topology(List.of(2, 2), Activation.LINEAR, Output.SOFTMAX, Loss.SOFTMAX_CROSS_ENTROPY);
        return Models.model(
                topology, TargetKind.CLASSES, new double[] {1, 0, 0, 1, 0, 0}, List.of("long", "wide"), 10, 1, 2, 4);
    }

    /** The example in {@code src/docs/data.md}. */
    @Test
    void scoresVectorsWithoutASparkContext() throws IOException {
        String path = write(classes());

        TrainedNetwork network = TrainedNetwork.load(path);
        Vector probabilities = network.predict(Vectors.dense(14, 1));
        String name = network.classify(Vectors.dense(14, 1));

        assertThat(name).isEqualTo("long");
        assertThat(probabilities.apply(0)).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-12));
        assertThat(probabilities.apply(1)).isCloseTo(1 / (1 + Math.exp(2)), within(1e-12));
        assertThat(network.predict(Vectors.sparse(2, new int[] {0, 1}, new double[] {14, 1})))
                .isEqualTo(probabilities);
        assertThat(SparkContext$.MODULE$.getActive().isEmpty()).isTrue();
    }

    @Test
    void predictsNumbersInTheUnitOfTheTargets() throws IOException {
        Topology topology = new Topology(List.of(2, 1), Activation.LINEAR, Output.LINEAR, Loss.SQUARED_ERROR);
        // the standardized features are 2 and 1, so z = 3·2 + 1 + 0.5, and the prediction is 100 + 20·z
        Model model =
                Models.model(topology, TargetKind.NUMBERS, new double[] {3, 1, 0.5}, List.of(), 10, 1, 100, 2, 4, 20);
        TrainedNetwork network = TrainedNetwork.load(write(model));
        assertThat(network.predict(Vectors.dense(14, 5)).toArray()).containsExactly(250);
        assertThatThrownBy(() -> network.classify(Vectors.dense(14, 5))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneSigmoidOutputIsTheProbabilityOfTheSecondClass() throws IOException {
        Topology topology = new Topology(List.of(2, 1), Activation.LINEAR, Output.SIGMOID, Loss.BINARY_CROSS_ENTROPY);
        Model model = Models.model(
                topology, TargetKind.TWO_CLASSES, new double[] {1, 0, 0}, List.of("no", "yes"), 10, 1, 2, 4);
        TrainedNetwork network = TrainedNetwork.load(write(model));
        assertThat(network.predict(Vectors.dense(12, 0)).apply(0)).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12));
        assertThat(network.classify(Vectors.dense(12, 0))).isEqualTo("yes");
        assertThat(network.classify(Vectors.dense(8, 0))).isEqualTo("no");
    }

    @Test
    void threadsGetTheSamePredictions() throws IOException {
        TrainedNetwork network = TrainedNetwork.load(write(classes()));
        List<Vector> sequential = IntStream.range(0, 1000)
                .mapToObj(i -> network.predict(Vectors.dense(i % 20, i % 7)))
                .toList();
        List<Vector> parallel = IntStream.range(0, 1000)
                .parallel()
                .mapToObj(i -> network.predict(Vectors.dense(i % 20, i % 7)))
                .toList();
        assertThat(parallel).isEqualTo(sequential);
    }

    @Test
    void rejectsAWrongLengthAndLeavesVectorsUnchanged() throws IOException {
        TrainedNetwork network = TrainedNetwork.load(write(classes()));
        assertThatThrownBy(() -> network.predict(Vectors.dense(1, 2, 3)))
                .hasMessage("Invalid features: 3 values (must be 2)");
        Vector features = Vectors.dense(14, 5);
        network.predict(features);
        assertThat(features).isEqualTo(Vectors.dense(14, 5));
    }
}
