package dev.sparkprop.store;

import dev.sparkprop.network.Topology;
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

    private final Path directory;
    private final Storage storage;
    private final Topology topology;
    private final int keep;

    /**
     * @param directory that holds nothing else
     * @param keep generations that stay when a new one is there, at least 2
     */
    Checkpoints(Path directory, Topology topology, int keep) throws IOException {
        if (keep < 2) {
            throw new IllegalArgumentException("Invalid keep-checkpoints: " + keep + " (must be at least 2)");
        }
        this.directory = directory;
        this.storage = Storage.of(directory);
        this.topology = topology;
        this.keep = keep;
    }

    /**
     * Writes one, reads it back, and only then takes away the oldest. At whatever moment the process or the machine stops, the
     * ones before it are untouched and there are at least as many as before.
     */
    public void write(Checkpoint checkpoint) throws IOException {
        Path file =
                new Path(directory, String.format(Locale.ROOT, "iteration-%010d.safetensors", checkpoint.iteration()));
        storage.writeWhole(file, out -> checkpoint.write(out, topology), written -> {
            if (!Arrays.equals(Checkpoint.read(written, topology).parameters(), checkpoint.parameters())) {
                throw new IOException("Checkpoint " + written + " was not written as it should be");
            }
        });
        List<Path> generations = generations();
        for (Path old : generations.subList(Math.min(keep, generations.size()), generations.size())) {
            storage.delete(old);
        }
    }

    /**
     * The newest that is valid.
     *
     * @param warnings hears of each that was passed over, and why
     * @throws InvalidFileException if there are some, but none is valid
     */
    public Optional<Checkpoint> newest(Consumer<String> warnings) throws IOException {
        List<Path> generations = generations();
        for (Path file : generations) {
            try {
                return Optional.of(Checkpoint.read(file, topology));
            } catch (InvalidFileException e) {
                warnings.accept(e.getMessage() + "; trying the checkpoint before it");
            }
        }
        if (generations.isEmpty()) {
            return Optional.empty();
        }
        throw new InvalidFileException(
                directory, "none of its " + generations.size() + " checkpoints is valid (--overwrite starts anew)");
    }

    /** Newest first. */
    private List<Path> generations() throws IOException {
        List<Path> files = new ArrayList<>();
        if (storage.isDirectory(directory)) {
            for (FileStatus status : storage.list(directory)) {
                if (NAME.matcher(status.getPath().getName()).matches()) {
                    files.add(status.getPath());
                }
            }
        }
        files.sort(Comparator.comparing(Path::getName).reversed());
        return files;
    }
}
