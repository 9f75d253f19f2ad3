package dev.sparkprop.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.network.ParameterLayout;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** Parameters to start from, out of a file: safetensors, or JSON such as {@code {"W1": [[0.1, 0.2]], "b1": [0.3]}}. */
public final class InitialParameters {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private InitialParameters() {}

    /**
     * The parameters of a net in its layout.
     *
     * @throws InvalidFileException if a tensor is missing, foreign, of another shape, or not finite
     */
    public static double[] read(String path, ParameterLayout layout) throws IOException {
        Path file = Storage.path(path);
        List<NamedTensor> tensors =
                path.endsWith(".json") ? json(file) : Safetensors.read(file).tensors();
        return NamedTensor.join(file, layout, tensors);
    }

    private static List<NamedTensor> json(Path file) throws IOException {
        Storage storage = Storage.of(file);
        storage.length(file);
        JsonNode root;
        try (InputStream in = storage.open(file)) {
            root = JSON.readTree(in);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new InvalidFileException(file + ":" + line, "not JSON: " + e.getOriginalMessage());
        }
        if (!root.isObject()) {
            throw new InvalidFileException(file, "not a JSON object such as {\"W1\": [[0.1, 0.2]], \"b1\": [0.3]}");
        }
        List<NamedTensor> tensors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            tensors.add(tensor(file, field.getKey(), field.getValue()));
        }
        return tensors;
    }

    private static NamedTensor tensor(Path file, String name, JsonNode node) throws InvalidFileException {
        List<Integer> shape = new ArrayList<>();
        for (JsonNode inner = node; inner.isArray(); inner = inner.path(0)) {
            shape.add(inner.size());
        }
        List<Double> values = new ArrayList<>();
        collect(file, name, node, shape, values);
        return new NamedTensor(
                name, shape, values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void collect(Path file, String name, JsonNode node, List<Integer> shape, List<Double> values)
            throws InvalidFileException {
        if (shape.isEmpty()) {
            if (!node.isNumber()) {
                throw new InvalidFileException(file, name + " holds " + node + " where a number belongs");
            }
            values.add(node.doubleValue());
            return;
        }
        if (!node.isArray() || node.size() != shape.get(0)) {
            throw new InvalidFileException(file, name + " has rows of different lengths or depths");
        }
        for (JsonNode element : node) {
            collect(file, name, element, shape.subList(1, shape.size()), values);
        }
    }
}
