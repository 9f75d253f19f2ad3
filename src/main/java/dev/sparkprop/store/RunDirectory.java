package dev.sparkprop.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The directory of one run: {@code run.json}, {@code metrics.jsonl}, {@code model.safetensors}, {@code _SUCCESS}. */
public final class RunDirectory {
    private static final String RECORD = "run.json";
    private static final String METRICS = "metrics.jsonl";
    private static final String SUCCESS = "_SUCCESS";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path directory;
    private final Storage storage;

    private RunDirectory(Path directory) throws IOException {
        this.directory = directory;
        this.storage = Storage.of(directory);
    }

    /** What to do about an earlier run in the same directory. */
    public enum Existing {
        /** Leave it alone and refuse. */
        REFUSE,
        /** Replace it, if it is a run and not somebody's other files. */
        OVERWRITE
    }

    /**
     * Names a run's directory and checks, without touching anything, that a run may be written there.
     *
     * @throws OutputExistsException if something is there that must stay
     */
    public static RunDirectory at(String path, Existing existing) throws IOException {
        RunDirectory run = new RunDirectory(Storage.path(path));
        if (run.storage.exists(run.directory)) {
            run.checkReplaceable(existing);
        }
        return run;
    }

    private void checkReplaceable(Existing existing) throws IOException {
        if (!storage.isDirectory(directory)) {
            throw new OutputExistsException("Output " + directory + " exists and is not a directory");
        }
        List<String> names = Arrays.stream(storage.list(directory))
                .map(FileStatus::getPath)
                .map(Path::getName)
                .toList();
        if (names.isEmpty()) {
            return;
        }
        if (existing == Existing.REFUSE) {
            throw new OutputExistsException(
                    "Output " + directory + " exists (use --overwrite to replace it, or another --output)");
        }
        if (!names.contains(RECORD)) {
            throw new OutputExistsException("Output " + directory + " exists and has no " + RECORD
                    + ", so it is not a run: it is not overwritten");
        }
    }

    /** Makes the directory and takes away what an earlier run left in it, {@code _SUCCESS} first. */
    public void create() throws IOException {
        storage.makeDirectories(directory);
        for (String name : List.of(SUCCESS, Model.FILE, METRICS)) {
            storage.delete(file(name));
        }
    }

    /** Writes or replaces {@code run.json}. */
    public void write(RunRecord record) throws IOException {
        storage.writeWhole(file(RECORD), out -> out.write(JSON.writeValueAsBytes(record)));
    }

    /** Opens {@code metrics.jsonl} anew. */
    public MetricsLog openMetrics() throws IOException {
        return new MetricsLog(file(METRICS));
    }

    /** Writes the model, reads it back, and makes sure that it is the same. */
    public void write(Model model) throws IOException {
        model.write(file(Model.FILE));
        Model written = Model.read(file(Model.FILE).toString());
        if (!written.topology().equals(model.topology()) || !Arrays.equals(written.parameters(), model.parameters())) {
            throw new IOException("Model " + file(Model.FILE) + " was not written as it should be");
        }
    }

    /** Marks the run as complete; the last thing written. */
    public void markSuccess() throws IOException {
        storage.writeWhole(file(SUCCESS), out -> {});
    }

    private Path file(String name) {
        return new Path(directory, name);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
