package dev.sparkprop.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.Storage;
import dev.sparkprop.store.lock.LockedException;
import dev.sparkprop.store.lock.OwnedFiles;
import dev.sparkprop.store.lock.RunLock;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The directory of one run, locked as long as this is open. Everything that changes it throws {@link LockedException} once another run
 * has taken it over, which happens to a process that was suspended. It holds {@code run.json}, {@code metrics.jsonl}, {@code checkpoints},
 * {@code model.safetensors}, {@code examples.json}, {@code report.html}, {@code _SUCCESS}.
 */
public final class RunDirectory implements Closeable {
    static final String RECORD = "run.json";
    private static final String CHECKPOINTS = "checkpoints";
    static final String METRICS = "metrics.jsonl";
    static final String EXAMPLES = "examples.json";
    static final String REPORT = "report.html";
    private static final String SUCCESS = "_SUCCESS";
    private static final ObjectMapper COMPACT = new ObjectMapper();
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path directory;
    private final Storage storage;
    private final RunLock lock;
    private final OwnedFiles files;

    private RunDirectory(Path directory, Storage storage, RunLock lock) {
        this.directory = directory;
        this.storage = storage;
        this.lock = lock;
        this.files = new OwnedFiles(storage, lock);
    }

    /** What to do about an earlier run in the same directory. */
    public enum Existing {
        /** Leave it alone and refuse. */
        REFUSE,
        /** Replace it, if it is a run and not somebody's other files. */
        OVERWRITE,
        /** Go on with it. */
        RESUME
    }

    /**
     * Makes and locks a run's directory, in which nothing else is touched.
     *
     * @throws LockedException if another run is at work there
     * @throws OutputExistsException if something is there that must stay
     */
    public static RunDirectory open(String path, Existing existing) throws IOException {
        Path directory = Storage.path(path);
        Storage storage = Storage.of(directory);
        if (storage.exists(directory) && !storage.isDirectory(directory)) {
            throw new OutputExistsException("Output " + directory + " exists and is not a directory");
        }
        if (storage.isDirectory(directory)) {
            checkIsRun(directory, storage);
        }
        storage.makeDirectories(directory);
        RunDirectory run = new RunDirectory(directory, storage, RunLock.acquire(directory));
        // only now: until it was locked another run may have been at work
        if (existing == Existing.REFUSE && !run.names().isEmpty()) {
            run.close();
            throw new OutputExistsException("Output " + directory
                    + " exists (use --resume to go on with it, --overwrite to replace it, or another --output)");
        }
        return run;
    }

    private static void checkIsRun(Path directory, Storage storage) throws IOException {
        List<String> names = names(directory, storage);
        if (!names.isEmpty() && !names.contains(RECORD)) {
            throw new OutputExistsException("Output " + directory + " exists and has no " + RECORD
                    + ", so it is not a run: it is neither resumed nor overwritten");
        }
    }

    private List<String> names() throws IOException {
        return names(directory, storage);
    }

    /** What is in a directory but for locks and unfinished files. */
    private static List<String> names(Path directory, Storage storage) throws IOException {
        return Arrays.stream(storage.list(directory))
                .map(FileStatus::getPath)
                .map(Path::getName)
                .filter(name -> !name.startsWith(RunLock.FILE)
                        && !name.startsWith(RunLock.WORK)
                        && !name.matches("\\..*\\.tmp"))
                .toList();
    }

    /** The checkpoints of a net of this shape, of which so many generations are kept. */
    public Checkpoints checkpoints(Topology topology, int keep) throws IOException {
        return new Checkpoints(new Path(directory, CHECKPOINTS), files, topology, keep);
    }

    /** Whether a run was completed here. */
    public boolean finished() throws IOException {
        return storage.exists(file(SUCCESS));
    }

    /** Takes away the end of an earlier run, {@code _SUCCESS} first. */
    public void reopen() throws IOException {
        for (String name : List.of(SUCCESS, REPORT, EXAMPLES, Model.FILE)) {
            files.delete(file(name));
        }
    }

    /** Takes away all that an earlier run left here. */
    public void clear() throws IOException {
        reopen();
        files.delete(new Path(directory, CHECKPOINTS));
        files.delete(file(METRICS));
    }

    /** Writes or replaces {@code run.json}. */
    public void write(RunRecord record) throws IOException {
        files.write(file(RECORD), out -> out.write(JSON.writeValueAsBytes(record)));
    }

    /** Writes or replaces {@code examples.json}; returns where it is. */
    public String write(RunExamples examples) throws IOException {
        Path file = file(EXAMPLES);
        files.write(file, out -> out.write(COMPACT.writeValueAsBytes(examples)));
        return file.toString();
    }

    /**
     * Opens {@code metrics.jsonl} for the lines of this iteration and those after it; lines of earlier ones stay.
     *
     * @param warnings is notified of lines that cannot be read
     */
    public MetricsLog openMetrics(int iteration, Consumer<String> warnings) throws IOException {
        return MetricsLog.open(file(METRICS), files, iteration, warnings);
    }

    /** Writes the model, reads it back, and makes sure that it is the same. */
    public void write(Model model) throws IOException {
        files.write(file(Model.FILE), model::write);
        Model written = Model.read(file(Model.FILE).toString());
        if (!written.isSame(model)) {
            throw new IOException("Model " + file(Model.FILE) + " was not written as it should be");
        }
    }

    /** Writes the page about the run; returns where it is. */
    public String writeReport(byte[] page) throws IOException {
        files.write(file(REPORT), out -> out.write(page));
        return file(REPORT).toString();
    }

    /** Marks the run as complete; the last thing written. */
    public void markSuccess() throws IOException {
        files.write(file(SUCCESS), out -> {});
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private Path file(String name) {
        return new Path(directory, name);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
