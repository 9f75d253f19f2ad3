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

/**
 * A trained net that scores vectors without a Spark context, in float64. Any number of threads may share one: it never
 * changes.
 */
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
     * The net in a {@code model.safetensors}, or in the directory of the run that made it.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws dev.sparkprop.store.files.InvalidFileException if the file is no model
     */
    public static TrainedNetwork load(String path) throws IOException {
        return new TrainedNetwork(Model.read(path));
    }

    /** Number of features that it takes. */
    public int features() {
        return topology.inputs();
    }

    /** Names of the classes in the order of their outputs, or those of 0 and 1; none if it predicts numbers or learned from no files. */
    public List<String> classes() {
        return data.map(LearnedData::classes).orElse(List.of());
    }

    /**
     * Outputs for one example: the probability of each class; of one sigmoid output that of the second class; or numbers in
     * the unit of their targets.
     *
     * @param features as files have them, in the order of training; standardized here if they were there
     * @throws IllegalArgumentException for another number of features
     */
    public Vector predict(Vector features) {
        double[] outputs = topology.output().activate(preActivations(features));
        if (data.isPresent()) {
            for (int o = 0; o < outputs.length; o++) {
                outputs[o] = data.get().meaning(o, outputs[o]);
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
     * Name of the most probable class for one example.
     *
     * @throws IllegalStateException if the net knows no classes
     */
    public String classify(Vector features) {
        if (classes().isEmpty()) {
            throw new IllegalStateException("A net that knows no classes cannot name one");
        }
        return classes().get(Output.predictedClass(preActivations(features)));
    }
}
