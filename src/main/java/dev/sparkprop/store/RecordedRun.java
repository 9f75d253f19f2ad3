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

/** What is in a run's directory, for those who look at the run: also while it is at work, and after it was interrupted. */
public final class RecordedRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Bytes of {@code run.json}, which has a configuration in it. */
    private static final int MAX_RECORD = 32 << 20;

    private static final int MAX_RECORD_VALUES = 1_000_000;

    /** Bytes of {@code examples.json}, which has the confusion of all classes in it. */
    private static final int MAX_EXAMPLES = 256 << 20;

    /** Characters of a line, in which the parameters of a small net take most. */
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
     * @throws NoSuchFileException if there is none
     * @throws InvalidFileException if its {@code run.json} is not one
     */
    public static RecordedRun open(String path) throws IOException {
        Path directory = Storage.path(path);
        Storage storage = Storage.of(directory);
        Path file = new Path(directory, RunDirectory.RECORD);
        if (!storage.exists(file)) {
            throw new NoSuchFileException(path, null, "not a run's directory: it has no " + RunDirectory.RECORD);
        }
        JsonNode record = FileJson.tree(FileJson.bytes(storage, file, MAX_RECORD), file, "", MAX_RECORD_VALUES);
        if (!record.isObject() || !record.path("config").isObject()) {
            throw new InvalidFileException(file, "it is not the record of a run");
        }
        return new RecordedRun(directory, storage, record);
    }

    /** What {@code run.json} says: an object, with an object {@code config} in it. */
    public JsonNode record() {
        return record;
    }

    /** The shape of the net, as the configuration has it. */
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

    /** The elements of an array, or the one thing that is no array. */
    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> texts.add(element.asText()));
        } else {
            texts.add(node.asText());
        }
        return texts;
    }

    /** Whether an iteration was logged. */
    public boolean hasMetrics() throws IOException {
        Path file = new Path(directory, RunDirectory.METRICS);
        return storage.exists(file) && storage.length(file) > 0;
    }

    /** Takes the lines of {@code metrics.jsonl}, one after the other. */
    public interface Lines {
        /** Takes one, whose {@code iteration} is a number and higher than that of the line before. */
        void line(int iteration, JsonNode line);
    }

    /**
     * Reads {@code metrics.jsonl}, of which at most a line is in memory at a time. The last one may be a part of a line, of a run that
     * was killed or is at work.
     *
     * @throws InvalidFileException for any other line that is not as it should be
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
                            file, "line " + number + " is not a JSON object with an iteration above " + before);
                }
                before = object.path("iteration").intValue();
                lines.line(before, object);
            }
        }
    }

    /** The next line, or the beginning of one that is too long, which is no object then; null at the end. */
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

    /** The object in a line, or null if there is none. */
    private static JsonNode object(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** The trained net, if the run came to its end. */
    public Optional<Model> model() throws IOException {
        Path file = new Path(directory, Model.FILE);
        return storage.exists(file) ? Optional.of(Model.read(file.toString())) : Optional.empty();
    }

    /** What is told of its examples, if anything is. */
    public Optional<RunExamples> examples() throws IOException {
        Path file = new Path(directory, RunDirectory.EXAMPLES);
        return storage.exists(file)
                ? Optional.ofNullable(FileJson.read(storage, file, MAX_EXAMPLES, RunExamples.class))
                : Optional.empty();
    }

    /** Writes a page about it into its directory; returns where. */
    public String writeReport(byte[] page) throws IOException {
        Path file = new Path(directory, RunDirectory.REPORT);
        storage.writeWhole(file, out -> out.write(page));
        return file.toString();
    }

    /** The directory. */
    @Override
    public String toString() {
        return directory.toString();
    }
}
