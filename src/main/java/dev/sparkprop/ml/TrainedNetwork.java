package dev.sparkprop.ml;

import dev.sparkprop.data.LearnedData;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ReferenceNetwork;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.Model;
import java.io.IOException;
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

    /** Returns the number of features of an example. */
    public int features() {
        return topology.inputs();
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
     *     standardized in training
     * @throws IllegalArgumentException if the number of features is wrong
     */
    public Vector predict(Vector features) {
        double[] outputs = topology.output().activate(preActivations(features));
        if (data.isPresent()) {
            for (int o = 0; o < outputs.length; o++) {
                outputs[o] = data.get().predictedValue(o, outputs[o]);
            }
        }
        return Vectors.dense(outputs);
    }

    private double[] preActivations(Vector features) {
        double[] inputs = features.toArray().clone();
        if (inputs.length != topology.inputs()) {
            throw new IllegalArgumentException(
                    "Invalid features: " + inputs.length + " numbers (must be " + topology.inputs() + ")");
        }
        if (data.isPresent()) {
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = data.get().input(i, inputs[i]);
            }
        }
        double[][] z = network.forward(inputs);
        return z[z.length - 1];
    }

    /**
     * Returns the name of the most probable class for one example.
     *
     * @throws IllegalStateException if the network has no class names
     */
    public String classify(Vector features) {
        if (classes().isEmpty()) {
            throw new IllegalStateException("The network has no class names");
        }
        return classes().get(Output.predictedClass(preActivations(features)));
    }
}
