package dev.sparkprop.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.FileJson;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.store.files.Storage;
import dev.sparkprop.text.ConstantName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Reads a run directory. The run may still be running or may have been interrupted. */
public final class RecordedRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Maximum size of {@code run.json} in bytes. The file includes a configuration. */
    private static final int MAX_RECORD = 32 << 20;

    private static final int MAX_RECORD_VALUES = 1_000_000;

    /** Maximum size of {@code examples.json} in bytes. The file includes the confusion matrix of all classes. */
    private static final int MAX_EXAMPLES = 256 << 20;

    /** Maximum number of characters per line. Most of them are the parameters of a small network. */
    private static final int MAX_LINE = 1 << 20;

    private final Path directory;
    private final Storage storage;
    private final JsonNode record;

    private RecordedRun(Path directory, Storage storage, JsonNode record) {
        this.directory = directory;
        this.storage = storage;
        this.record = record;
    }

    /**
     * Opens the run in a directory.
     *
     * @throws NoSuchFileException if the directory contains no run
     * @throws InvalidFileException if its {@code run.json} is invalid
     */
    public static RecordedRun open(String path) throws IOException {
        Path directory = Storage.path(path);
        Storage storage = Storage.of(directory);
        Path file = new Path(directory, RunDirectory.RECORD);
        if (!storage.exists(file)) {
            throw new NoSuchFileException(path, null, "not a run directory: it has no " + RunDirectory.RECORD);
        }
        JsonNode record = FileJson.tree(FileJson.bytes(storage, file, MAX_RECORD), file, "", MAX_RECORD_VALUES);
        if (!record.isObject() || !record.path("config").isObject()) {
            throw new InvalidFileException(file, "not the record of a run");
        }
        return new RecordedRun(directory, storage, record);
    }

    /** Returns the contents of {@code run.json}: an object that contains an object {@code config}. */
    public JsonNode record() {
        return record;
    }

    /** Returns the network's topology according to the configuration. */
    public Topology topology() throws InvalidFileException {
        JsonNode network = record.path("config").path("network");
        String output = network.path("output").asText();
        String loss = ConstantName.parse(Output.class, output)
                .map(Loss::of)
                .map(ConstantName::of)
                .orElse("");
        return Model.topology(
                new Path(directory, RunDirectory.RECORD),
                Map.of(
                        "layers",
                        String.join("-", texts(network.path("layers"))),
                        "hidden",
                        String.join(",", texts(network.path("hidden"))),
                        "output",
                        output,
                        "loss",
                        loss));
    }

    /** Returns the elements of an array, or the node itself if it is not an array. */
    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> texts.add(element.asText()));
        } else {
            texts.add(node.asText());
        }
        return texts;
    }

    /** Returns true if any iteration was logged. */
    public boolean hasMetrics() throws IOException {
        Path file = new Path(directory, RunDirectory.METRICS);
        return storage.exists(file) && storage.length(file) > 0;
    }

    /** Receives the lines of {@code metrics.jsonl}, one after another. */
    public interface Lines {
        /** Receives a line, whose {@code iteration} is an integer and higher than that of the previous line. */
        void line(int iteration, JsonNode line);
    }

    /**
     * Reads {@code metrics.jsonl}, with at most two lines in memory. The last line may be incomplete if the run was
     * killed or is running.
     *
     * @throws InvalidFileException if any other line is invalid
     */
    public void metrics(Lines lines) throws IOException {
        if (!hasMetrics()) {
            return;
        }
        Path file = new Path(directory, RunDirectory.METRICS);
        try (Reader reader = new BufferedReader(new InputStreamReader(storage.open(file), StandardCharsets.UTF_8))) {
            int before = -1;
            int number = 1;
            for (String line = line(reader), next; line != null; line = next, number++) {
                next = line(reader);
                JsonNode object = object(line);
                if (object == null && next == null) {
                    return;
                }
                if (object == null
                        || !object.path("iteration").isInt()
                        || object.path("iteration").intValue() <= before) {
                    throw new InvalidFileException(
                            file, "line " + number + " is not a JSON object with an iteration greater than " + before);
                }
                before = object.path("iteration").intValue();
                lines.line(before, object);
            }
        }
    }

    /**
     * Returns the next line, or null at the end. A line that is too long is truncated, so that it is not a valid
     * object.
     */
    private static String line(Reader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = reader.read()) {
            if (line.length() == MAX_LINE) {
                break;
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /** Returns the object in a line, or null if there is none. */
    private static JsonNode object(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Returns the trained model, if the run has finished. */
    public Optional<Model> model() throws IOException {
        Path file = new Path(directory, Model.FILE);
        return storage.exists(file) ? Optional.of(Model.read(file.toString())) : Optional.empty();
    }

    /** Returns the contents of {@code examples.json}, if it exists. */
    public Optional<RunExamples> examples() throws IOException {
        Path file = new Path(directory, RunDirectory.EXAMPLES);
        return storage.exists(file)
                ? Optional.ofNullable(FileJson.read(storage, file, MAX_EXAMPLES, RunExamples.class))
                : Optional.empty();
    }

    /** Writes a report page into the directory and returns its path. */
    public String writeReport(byte[] page) throws IOException {
        Path file = new Path(directory, RunDirectory.REPORT);
        storage.writeWhole(file, out -> out.write(page));
        return file.toString();
    }

    /** Returns the directory. */
    @Override
    public String toString() {
        return directory.toString();
    }
}
