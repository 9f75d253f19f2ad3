package dev.sparkprop.store;

import com.fasterxml.jackson.core.JsonToken;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.store.files.FileJson;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.store.files.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Reads initial parameters from a safetensors file, or from a JSON file such as
 * {@code {"W1": [[0.1, 0.2]], "b1": [0.3]}}.
 */
public final class InitialParameters {
    private InitialParameters() {}

    /**
     * Returns the parameters in the given layout.
     *
     * @throws InvalidFileException if a tensor is missing, unknown, of another shape, or not finite
     */
    public static double[] read(String path, ParameterLayout layout) throws IOException {
        Path file = Storage.path(path);
        List<NamedTensor> tensors =
                path.endsWith(".json") ? json(file) : Safetensors.read(file).tensors();
        return NamedTensor.join(file, layout, tensors);
    }

    private static List<NamedTensor> json(Path file) throws IOException {
        return FileJson.stream(Storage.of(file), file, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidFileException(file, "not a JSON object such as {\"W1\": [[0.1, 0.2]], \"b1\": [0.3]}");
            }
            List<NamedTensor> tensors = new ArrayList<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                tensors.add(new JsonTensor(file, parser).read());
            }
            if (parser.nextToken() != null) {
                throw new InvalidFileException(file, "not JSON: more text follows after its end");
            }
            return tensors;
        });
    }
}
