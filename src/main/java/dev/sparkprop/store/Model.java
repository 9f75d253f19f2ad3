package dev.sparkprop.store;

import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.store.files.Storage;
import dev.sparkprop.text.ConstantName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * A trained network with everything that scoring requires.
 *
 * @param topology the topology of the network
 * @param parameters the parameters in their layout
 * @param data the properties of the training files, if the data came from files
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
public record Model(Topology topology, double[] parameters, Optional<LearnedData> data) {
    /** The name of the model file in a run directory. */
    public static final String FILE = "model.safetensors";

    private static final String VERSION_KEY = "sparkprop.model";
    private static final String VERSION = "1";
    private static final String DATA_KEY = "data";
    /** Limits memory: a file can describe a layer in two bytes, but an object for it takes hundreds. */
    private static final int MAX_LAYERS = 10_000;

    /** Creates a model that was not trained on files. */
    public Model(Topology topology, double[] parameters) {
        this(topology, parameters, Optional.empty());
    }

    /** Returns true if the other model is bit-identical. */
    boolean isSame(Model other) {
        return topology.equals(other.topology)
                && Arrays.equals(parameters, other.parameters)
                && data.map(LearnedDataJson::write).equals(other.data.map(LearnedDataJson::write));
    }

    /** Reads a model from its file, or from the run directory that contains it. */
    public static Model read(String path) throws IOException {
        Path given = Storage.path(path);
        Path file = Storage.of(given).isDirectory(given) ? new Path(given, FILE) : given;
        Safetensors.Content content = Safetensors.read(file);
        Map<String, String> metadata = content.metadata();
        String version = metadata.get(VERSION_KEY);
        if (!VERSION.equals(version)) {
            throw new InvalidFileException(
                    file,
                    VERSION_KEY + " is " + version + " (must be " + VERSION
                            + "): not a model that this version can read");
        }
        Topology topology = topology(file, metadata);
        double[] parameters = NamedTensor.join(file, new ParameterLayout(topology), content.tensors());
        String data = metadata.get(DATA_KEY);
        return new Model(
                topology,
                parameters,
                data == null ? Optional.empty() : Optional.of(LearnedDataJson.read(file, data, topology)));
    }

    /** Writes this model to a stream. */
    void write(FSDataOutputStream out) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(VERSION_KEY, VERSION);
        metadata.put("layers", topology.toString());
        metadata.put("hidden", hidden(topology));
        metadata.put("output", ConstantName.of(topology.output()));
        metadata.put("loss", ConstantName.of(topology.loss()));
        data.ifPresent(learned -> metadata.put(DATA_KEY, LearnedDataJson.write(learned)));
        List<NamedTensor> tensors = NamedTensor.split(new ParameterLayout(topology), parameters);
        Safetensors.write(out, new Safetensors.Content(metadata, tensors));
    }

    /**
     * Parses the topology from {@code layers}, {@code hidden}, {@code output} and {@code loss}. Error messages name
     * the given file.
     */
    static Topology topology(Path file, Map<String, String> metadata) throws InvalidFileException {
        try {
            List<Integer> layers =
                    parts(file, "layers", metadata, "-").map(Integer::valueOf).toList();
            List<Activation> hidden = new ArrayList<>();
            for (String label : parts(file, "hidden", metadata, ",").toList()) {
                hidden.add(constant(file, "hidden", label, Activation.class));
            }
            Output output = constant(file, "output", metadata.getOrDefault("output", ""), Output.class);
            Loss loss = constant(file, "loss", metadata.getOrDefault("loss", ""), Loss.class);
            return hidden.size() == 1
                    ? new Topology(layers, hidden.get(0), output, loss)
                    : new Topology(layers, hidden, output, loss);
        } catch (NumberFormatException e) {
            throw new InvalidFileException(
                    file,
                    "layers is '" + shown(metadata.getOrDefault("layers", "")) + "' (must be widths such as 2-10-1)");
        } catch (IllegalArgumentException e) {
            throw new InvalidFileException(file, e.getMessage());
        }
    }

    private static Stream<String> parts(Path file, String key, Map<String, String> metadata, String separator)
            throws InvalidFileException {
        String[] parts = metadata.getOrDefault(key, "").split(separator, MAX_LAYERS + 1);
        if (parts.length > MAX_LAYERS) {
            throw new InvalidFileException(file, key + " has more than " + MAX_LAYERS + " layers");
        }
        return Stream.of(parts);
    }

    /**
     * Returns a single name if all hidden layers have the same activation or there is none; otherwise, one name per
     * layer.
     */
    private static String hidden(Topology topology) {
        List<String> names = topology.hidden().stream().map(ConstantName::of).toList();
        return switch ((int) names.stream().distinct().count()) {
            case 0 -> ConstantName.of(Activation.LINEAR);
            case 1 -> names.get(0);
            default -> String.join(",", names);
        };
    }

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    private static <E extends Enum<E>> E constant(Path file, String key, String label, Class<E> type)
            throws InvalidFileException {
        return ConstantName.parse(type, label)
                .orElseThrow(() -> new InvalidFileException(
                        file,
                        key + " is '" + shown(label) + "' (must be one of " + String.join(", ", ConstantName.all(type))
                                + ")"));
    }
}
