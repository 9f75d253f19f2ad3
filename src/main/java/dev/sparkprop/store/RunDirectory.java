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
 * The directory of one run, locked until this object is closed. A process that was suspended may lose the lock to
 * another run. From then on, all methods that change the directory throw {@link LockedException}. The directory
 * contains {@code run.json}, {@code metrics.jsonl}, {@code checkpoints}, {@code model.safetensors},
 * {@code examples.json}, {@code report.html} and {@code _SUCCESS}.
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

    /** What to do with an earlier run in the same directory. */
    public enum Existing {
        /** Keep it and fail. */
        FAIL,
        /** Replace it, if the directory contains a run and not some other files. */
        OVERWRITE,
        /** Resume it. */
        RESUME
    }

    /**
     * Creates and locks a run directory. Does not change anything else in it.
     *
     * @throws LockedException if another run owns the directory
     * @throws OutputExistsException if the directory contains files that must be kept
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
        // not checked before, because another run may have used the directory until it was locked
        if (existing == Existing.FAIL && !run.names().isEmpty()) {
            run.close();
            throw new OutputExistsException("Output " + directory
                    + " exists (use --resume to continue it, --overwrite to replace it, or another --output)");
        }
        return run;
    }

    private static void checkIsRun(Path directory, Storage storage) throws IOException {
        List<String> names = names(directory, storage);
        if (!names.isEmpty() && !names.contains(RECORD)) {
            throw new OutputExistsException("Output " + directory + " exists and has no " + RECORD
                    + ", so it is not a run and is not overwritten (use another --output)");
        }
    }

    private List<String> names() throws IOException {
        return names(directory, storage);
    }

    /** Returns the names of the files in a directory, except for locks and unfinished files. */
    private static List<String> names(Path directory, Storage storage) throws IOException {
        return Arrays.stream(storage.list(directory))
                .map(FileStatus::getPath)
                .map(Path::getName)
                .filter(name -> !name.startsWith(RunLock.FILE)
                        && !name.startsWith(RunLock.WORK)
                        && !name.matches("\\..*\\.tmp"))
                .toList();
    }

    /**
     * Returns the checkpoints of a network with the given topology.
     *
     * @param keep the number of generations to keep
     */
    public Checkpoints checkpoints(Topology topology, int keep) throws IOException {
        return new Checkpoints(new Path(directory, CHECKPOINTS), files, topology, keep);
    }

    /** Returns true if the run in this directory has finished. */
    public boolean finished() throws IOException {
        return storage.exists(file(SUCCESS));
    }

    /** Removes the results of a finished run, {@code _SUCCESS} first. */
    public void reopen() throws IOException {
        for (String name : List.of(SUCCESS, REPORT, EXAMPLES, Model.FILE)) {
            files.delete(file(name));
        }
    }

    /** Removes the files of an earlier run. */
    public void clear() throws IOException {
        reopen();
        files.delete(new Path(directory, CHECKPOINTS));
        files.delete(file(METRICS));
    }

    /** Writes or replaces {@code run.json}. */
    public void write(RunRecord record) throws IOException {
        files.write(file(RECORD), out -> out.write(JSON.writeValueAsBytes(record)));
    }

    /** Writes or replaces {@code examples.json} and returns its path. */
    public String write(RunExamples examples) throws IOException {
        Path file = file(EXAMPLES);
        files.write(file, out -> out.write(COMPACT.writeValueAsBytes(examples)));
        return file.toString();
    }

    /**
     * Opens {@code metrics.jsonl} for the lines of this and later iterations. Lines of earlier iterations are kept.
     *
     * @param warnings receives a warning about lines that cannot be read
     */
    public MetricsLog openMetrics(int iteration, Consumer<String> warnings) throws IOException {
        return MetricsLog.open(file(METRICS), files, iteration, warnings);
    }

    /** Writes the model, reads it back, and verifies that it is identical. */
    public void write(Model model) throws IOException {
        files.write(file(Model.FILE), model::write);
        Model written = Model.read(file(Model.FILE).toString());
        if (!written.isSame(model)) {
            throw new IOException("Model " + file(Model.FILE) + " differs from what was written");
        }
    }

    /** Writes the report page and returns its path. */
    public String writeReport(byte[] page) throws IOException {
        files.write(file(REPORT), out -> out.write(page));
        return file(REPORT).toString();
    }

    /** Marks the run as complete. This must be the last write. */
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
