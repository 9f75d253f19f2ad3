package dev.sparkprop.store;

import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.training.Best;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * The state of a training run, from which it can continue with bit-identical results. Stored as a safetensors file with a
 * hash of its contents, which detects any changed byte.
 *
 * @param iteration the number of completed updates
 * @param parameters the parameters after these updates, in their layout
 * @param optimizer the optimizer's additional state by name: vectors, or numbers as vectors of length 1
 * @param evaluations the number of evaluations of cost and gradient so far
 * @param elapsedSeconds the duration of training so far
 * @param best the lowest cost so far
 * @param config the settings that affect the exact results of the run, by key
 * @param data the fingerprint of the dataset
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
public record Checkpoint(
        int iteration,
        double[] parameters,
        Map<String, double[]> optimizer,
        long evaluations,
        double elapsedSeconds,
        Best best,
        Map<String, String> config,
        String data) {
    private static final String VERSION_KEY = "sparkprop.checkpoint";
    private static final String VERSION = "2";
    private static final String HASH_KEY = "sha256";
    private static final String CONFIG_PREFIX = "config.";
    private static final String OPTIMIZER_PREFIX = "optimizer.";
    private static final String BEST = "best";

    /** Writes this checkpoint to a stream. */
    void write(FSDataOutputStream out, Topology topology) throws IOException {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put(VERSION_KEY, VERSION);
        metadata.put("iteration", String.valueOf(iteration));
        metadata.put("evaluations", String.valueOf(evaluations));
        metadata.put("elapsedSeconds", String.valueOf(elapsedSeconds));
        metadata.put("bestIteration", String.valueOf(best.iteration()));
        metadata.put("bestCost", String.valueOf(best.cost()));
        metadata.put("data", data);
        config.forEach((key, value) -> metadata.put(CONFIG_PREFIX + key, value));
        List<NamedTensor> tensors = new ArrayList<>(NamedTensor.split(new ParameterLayout(topology), parameters));
        new TreeMap<>(optimizer)
                .forEach((name, values) ->
                        tensors.add(new NamedTensor(OPTIMIZER_PREFIX + name, List.of(values.length), values)));
        if (best.hasParameters()) {
            tensors.add(new NamedTensor(BEST, List.of(best.parameters().length), best.parameters()));
        }
        metadata.put(HASH_KEY, hash(metadata, tensors));
        Safetensors.write(out, new Safetensors.Content(metadata, tensors));
    }

    /**
     * Reads the checkpoint of a network with the given topology.
     *
     * @throws InvalidFileException if the contents differ from what was written
     */
    static Checkpoint read(Path file, Topology topology) throws IOException {
        Safetensors.Content content = Safetensors.read(file);
        Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
        String version = metadata.get(VERSION_KEY);
        if (!VERSION.equals(version)) {
            throw new InvalidFileException(
                    file,
                    VERSION_KEY + " is " + version + " (must be " + VERSION
                            + "): not a checkpoint that this version can read");
        }
        String claimed = metadata.remove(HASH_KEY);
        if (!hash(metadata, content.tensors()).equals(claimed)) {
            throw new InvalidFileException(
                    file, "its " + HASH_KEY + " does not match its content: the file is damaged");
        }
        Map<String, String> config = new TreeMap<>();
        metadata.forEach((key, value) -> {
            if (key.startsWith(CONFIG_PREFIX)) {
                config.put(key.substring(CONFIG_PREFIX.length()), value);
            }
        });
        List<NamedTensor> tensors = new ArrayList<>();
        Map<String, double[]> optimizer = new TreeMap<>();
        double[] bestParameters = {};
        for (NamedTensor tensor : content.tensors()) {
            if (tensor.name().startsWith(OPTIMIZER_PREFIX)) {
                optimizer.put(tensor.name().substring(OPTIMIZER_PREFIX.length()), tensor.values());
            } else if (tensor.name().equals(BEST)) {
                bestParameters = tensor.values();
            } else {
                tensors.add(tensor);
            }
        }
        double[] parameters = NamedTensor.join(file, new ParameterLayout(topology), tensors);
        if (bestParameters.length > 0 && bestParameters.length != parameters.length) {
            throw new InvalidFileException(
                    file, BEST + " has " + bestParameters.length + " values (must be " + parameters.length + ")");
        }
        try {
            return new Checkpoint(
                    Integer.parseInt(metadata.getOrDefault("iteration", "")),
                    parameters,
                    optimizer,
                    Long.parseLong(metadata.getOrDefault("evaluations", "")),
                    Double.parseDouble(metadata.getOrDefault("elapsedSeconds", "")),
                    new Best(
                            Integer.parseInt(metadata.getOrDefault("bestIteration", "")),
                            Double.parseDouble(metadata.getOrDefault("bestCost", "")),
                            bestParameters),
                    config,
                    metadata.getOrDefault("data", ""));
        } catch (NumberFormatException e) {
            throw new InvalidFileException(file, "invalid number in its metadata: " + e.getMessage());
        }
    }

    /**
     * Returns a hash over each text, preceded by its length, and over the bits of each value. The lengths prevent
     * different contents from producing the same byte sequence.
     */
    private static String hash(Map<String, String> metadata, List<NamedTensor> tensors) {
        MessageDigest digest = ParameterHash.sha256();
        List<String> texts = new ArrayList<>();
        new TreeMap<>(metadata).forEach((key, value) -> texts.addAll(List.of(key, value)));
        tensors.forEach(tensor -> texts.addAll(List.of(tensor.name(), String.valueOf(tensor.shape()))));
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0, bytes.length));
            digest.update(bytes);
        }
        tensors.forEach(tensor -> ParameterHash.update(digest, tensor.values()));
        return HexFormat.of().formatHex(digest.digest());
    }
}
