package dev.sparkprop.ml;

import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ReferenceNetwork;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.files.FeatureRow;
import dev.sparkprop.store.Model;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** A trained network that scores vectors in float64 without a Spark context. Immutable and thread-safe. */
public final class TrainedNetwork {
    private final Topology topology;
    private final ReferenceNetwork network;
    private final Optional<LearnedData> data;

    private TrainedNetwork(Model model) {
        this.topology = model.topology();
        this.network = new ReferenceNetwork(topology, model.parameters());
        this.data = model.data();
    }

    /**
     * Loads the network from a {@code model.safetensors} file or from the directory of its run.
     *
     * @throws java.nio.file.NoSuchFileException if there is no model
     * @throws dev.sparkprop.store.files.InvalidFileException if the file is not a valid model
     */
    public static TrainedNetwork load(String path) throws IOException {
        return new TrainedNetwork(Model.read(path));
    }

    /** Returns the number of features of an example, before categories and other columns are encoded. */
    public int features() {
        return data.map(learned -> learned.encodings().readFeatures()).orElse(topology.inputs());
    }

    /**
     * Returns the names of the classes, in the order of their outputs or for 0 and 1. The list is empty if the
     * network predicts numbers or was not trained from files.
     */
    public List<String> classes() {
        return data.map(LearnedData::classes).orElse(List.of());
    }

    /**
     * Returns the outputs for one example. For classes, these are the probabilities of all classes. For a single
     * sigmoid output, it is the probability of the second class. For numbers, they are in the unit of their targets.
     *
     * @param features the features as in the files, in the order of training; standardized here if they were
     *     standardized in training. NaN stands for a missing value.
     * @throws IllegalArgumentException if the number of features is wrong, if a missing value was not replaced in
     *     training, or if a feature is a category
     */
    public Vector predict(Vector features) {
        return outputs(preActivations(cells(features)));
    }

    /**
     * Returns the outputs for one example, as {@link #predict(Vector)} does.
     *
     * @param cells the features as in the files, in the order of training: numbers, booleans, dates or text; null for
     *     a missing value
     * @throws IllegalArgumentException if the number of cells is wrong or a cell is invalid
     */
    public Vector predict(List<?> cells) {
        return outputs(preActivations(cells));
    }

    private Vector outputs(double[] z) {
        double[] outputs = topology.output().activate(z);
        if (data.isPresent()) {
            for (int o = 0; o < outputs.length; o++) {
                outputs[o] = data.get().predictedValue(o, outputs[o]);
            }
        }
        return Vectors.dense(outputs);
    }

    private static List<Object> cells(Vector features) {
        List<Object> cells = new ArrayList<>();
        for (double value : features.toArray()) {
            cells.add(Double.isNaN(value) ? null : value);
        }
        return cells;
    }

    private double[] preActivations(List<?> cells) {
        if (cells.size() != features()) {
            throw new IllegalArgumentException(
                    "Invalid features: " + cells.size() + " values (must be " + features() + ")");
        }
        double[] inputs =
                data.map(learned -> FeatureRow.encode(learned, cells)).orElseGet(() -> FeatureRow.numbers(cells));
        double[][] z = network.forward(inputs);
        return z[z.length - 1];
    }

    /**
     * Returns the name of the most probable class for one example.
     *
     * @throws IllegalArgumentException as for {@link #predict(Vector)}
     * @throws IllegalStateException if the network has no class names
     */
    public String classify(Vector features) {
        return classify(cells(features));
    }

    /**
     * Returns the name of the most probable class for one example.
     *
     * @throws IllegalArgumentException as for {@link #predict(List)}
     * @throws IllegalStateException if the network has no class names
     */
    public String classify(List<?> cells) {
        if (classes().isEmpty()) {
            throw new IllegalStateException("The network has no class names");
        }
        return classes().get(Output.predictedClass(preActivations(cells)));
    }
}
