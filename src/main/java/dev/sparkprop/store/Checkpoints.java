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

/** The checkpoints of a run, in several generations. */
public final class Checkpoints {
    private static final Pattern NAME = Pattern.compile("iteration-(\\d{10})\\.safetensors");
    private static final String DAMAGED = ".damaged";

    private final Path directory;
    private final OwnedFiles files;
    private final Topology topology;
    private final int keep;
    /** The invalid or unreadable checkpoints found in the last search for the newest valid one. */
    private final List<Path> damaged = new ArrayList<>();

    private boolean prepared;

    /**
     * Creates an object for a directory that need not exist.
     *
     * @param directory a directory that contains nothing else
     * @param keep the number of generations to keep, including the newest one; at least 2
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
     * Writes a checkpoint, reads it back, and only then deletes the oldest ones. If the process or the machine stops
     * at any moment, the earlier checkpoints are intact, and at least as many are valid as before.
     */
    public void write(Checkpoint checkpoint) throws IOException {
        prepare();
        Path file =
                new Path(directory, String.format(Locale.ROOT, "iteration-%010d.safetensors", checkpoint.iteration()));
        files.write(file, out -> checkpoint.write(out, topology), written -> {
            if (!Arrays.equals(Checkpoint.read(written, topology).parameters(), checkpoint.parameters())) {
                throw new IOException("Checkpoint " + written + " differs from what was written");
            }
        });
        List<Path> generations = generations();
        for (Path old : generations.subList(Math.min(keep, generations.size()), generations.size())) {
            files.delete(old);
        }
    }

    /** Renames damaged checkpoints, which would otherwise count as newer generations than the next checkpoints. */
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
     * Returns the newest valid checkpoint. Newer ones that are invalid or unreadable are renamed before the next
     * checkpoint is written.
     *
     * @param warnings receives a warning for each skipped checkpoint, with the reason
     * @throws InvalidFileException if there are checkpoints, but all of them are invalid
     * @throws IOException if no checkpoint is valid, and at least one is unreadable
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
                "none of its " + generations.size() + " checkpoints is valid (use --overwrite to start from scratch)");
    }

    /** Returns the files of the checkpoints, newest first. */
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
