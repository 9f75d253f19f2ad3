package dev.sparkprop.store;

import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.store.files.Storage;
import dev.sparkprop.store.lock.OwnedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The checkpoints of a run, several generations of them. */
public final class Checkpoints {
    private static final Pattern NAME = Pattern.compile("iteration-(\\d{10})\\.safetensors");
    private static final String DAMAGED = ".damaged";

    private final Path directory;
    private final OwnedFiles files;
    private final Topology topology;
    private final int keep;
    /** Those that could not be read when the newest valid one was looked for. */
    private final List<Path> damaged = new ArrayList<>();

    private boolean prepared;

    /**
     * @param directory that holds nothing else
     * @param keep generations that stay when a new one is there, at least 2
     */
    Checkpoints(Path directory, OwnedFiles files, Topology topology, int keep) {
        if (keep < 2) {
            throw new IllegalArgumentException("Invalid keep-checkpoints: " + keep + " (must be at least 2)");
        }
        this.directory = directory;
        this.files = files;
        this.topology = topology;
        this.keep = keep;
    }

    /**
     * Writes one, reads it back, and only then deletes the oldest. At whatever moment the process or the machine stops, the ones before
     * it are untouched and at least as many are valid as before.
     */
    public void write(Checkpoint checkpoint) throws IOException {
        prepare();
        Path file =
                new Path(directory, String.format(Locale.ROOT, "iteration-%010d.safetensors", checkpoint.iteration()));
        files.write(file, out -> checkpoint.write(out, topology), written -> {
            if (!Arrays.equals(Checkpoint.read(written, topology).parameters(), checkpoint.parameters())) {
                throw new IOException("Checkpoint " + written + " was not written as it should be");
            }
        });
        List<Path> generations = generations();
        for (Path old : generations.subList(Math.min(keep, generations.size()), generations.size())) {
            files.delete(old);
        }
    }

    /** Renames damaged ones, which would count as newer generations than those that follow. */
    private void prepare() throws IOException {
        if (!prepared) {
            files.storage().makeDirectories(directory);
            for (Path file : damaged) {
                files.rename(file, file.suffix(DAMAGED));
            }
            prepared = true;
        }
    }

    /**
     * The newest that is valid. Those that are not are renamed before the next one is written.
     *
     * @param warnings is notified of each that is skipped, and why
     * @throws InvalidFileException if there are some, but none is valid
     * @throws IOException if none is valid, and one could not be read
     */
    public Optional<Checkpoint> newest(Consumer<String> warnings) throws IOException {
        damaged.clear();
        prepared = false;
        IOException unreadable = null;
        List<Path> generations = generations();
        for (Path file : generations) {
            try {
                return Optional.of(Checkpoint.read(file, topology));
            } catch (InvalidFileException e) {
                warnings.accept(e.getMessage() + "; trying the checkpoint before it");
            } catch (IOException e) {
                unreadable = new IOException("Cannot read " + file + ": " + e.getMessage(), e);
                warnings.accept(unreadable.getMessage() + "; trying the checkpoint before it");
            }
            damaged.add(file);
        }
        if (generations.isEmpty()) {
            return Optional.empty();
        }
        if (unreadable != null) {
            throw unreadable;
        }
        throw new InvalidFileException(
                directory,
                "none of its " + generations.size() + " checkpoints is valid (--overwrite starts from scratch)");
    }

    /** Newest first. */
    private List<Path> generations() throws IOException {
        List<Path> found = new ArrayList<>();
        Storage storage = files.storage();
        if (storage.isDirectory(directory)) {
            for (FileStatus status : storage.list(directory)) {
                if (NAME.matcher(status.getPath().getName()).matches()) {
                    found.add(status.getPath());
                }
            }
        }
        found.sort(Comparator.comparing(Path::getName).reversed());
        return found;
    }
}
