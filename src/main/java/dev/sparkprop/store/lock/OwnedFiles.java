package dev.sparkprop.store.lock;

import dev.sparkprop.store.files.Storage;
import dev.sparkprop.store.files.StreamWriter;
import dev.sparkprop.store.files.WrittenCheck;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * The files of a run directory, used by the process that holds its lock. Each change first checks the lock, and
 * throws a {@link LockedException} if another run has taken it over.
 */
public final class OwnedFiles {
    private final Storage storage;
    private final RunLock lock;

    public OwnedFiles(Storage storage, RunLock lock) {
        this.storage = storage;
        this.lock = lock;
    }

    /** Returns the same files for reading. */
    public Storage storage() {
        return storage;
    }

    /** Checks that this process still holds the lock. Throws {@link LockedException} otherwise. */
    public void ensureOwned() throws IOException {
        lock.ensureHeld();
    }

    /** Writes a file atomically: it has either all the new content or its previous state. */
    public void write(Path file, StreamWriter content) throws IOException {
        write(file, content, written -> {});
    }

    /**
     * Writes a file atomically: it has either all the new content or its previous state.
     *
     * @param check reads the written file before it replaces the previous one, and throws if it is invalid
     */
    public void write(Path file, StreamWriter content, WrittenCheck check) throws IOException {
        change(() -> {
            storage.writeWhole(file, inWork(file), content, check);
            return null;
        });
    }

    /** Replaces a file with the beginning of a new one, and returns the open stream for appending. */
    public FSDataOutputStream begin(Path file, StreamWriter content) throws IOException {
        return change(() -> storage.beginWhole(file, inWork(file), content));
    }

    /** Deletes a file, or a directory with all its contents, if it exists. */
    public void delete(Path path) throws IOException {
        change(() -> {
            if (storage.exists(path)) {
                storage.delete(storage.renames(path) ? moveToWork(path) : path);
            }
            return null;
        });
    }

    /** Renames a file, and replaces the target if it exists. */
    public void rename(Path file, Path to) throws IOException {
        change(() -> {
            Path moved = moveToWork(file);
            storage.delete(to);
            storage.move(moved, to);
            return null;
        });
    }

    /** Moves a file into the work directory. Fails if another run has taken over the lock. */
    private Path moveToWork(Path path) throws IOException {
        Path moved = inWork(path);
        storage.move(path, moved);
        return moved;
    }

    private Path inWork(Path path) {
        return new Path(lock.work(), path.getName());
    }

    private interface Change<T> {
        T apply() throws IOException;
    }

    private <T> T change(Change<T> change) throws IOException {
        lock.ensureHeld();
        try {
            return change.apply();
        } catch (IOException e) {
            // the cause may be that the lock was lost in the meantime
            lock.ensureHeld();
            throw e;
        }
    }
}
