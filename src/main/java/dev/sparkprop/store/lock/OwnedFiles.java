package dev.sparkprop.store.lock;

import dev.sparkprop.store.files.Storage;
import dev.sparkprop.store.files.Writing;
import dev.sparkprop.store.files.WrittenCheck;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * The files of a run's directory, in the hands of the process that has its lock. Each change asks first whether it still has, and throws
 * {@link LockedException} if another run took it over.
 */
public final class OwnedFiles {
    private final Storage storage;
    private final RunLock lock;

    public OwnedFiles(Storage storage, RunLock lock) {
        this.storage = storage;
        this.lock = lock;
    }

    /** The same files, to read. */
    public Storage storage() {
        return storage;
    }

    /** Returns if this process still has the lock; otherwise throws {@link LockedException}. */
    public void ensureOwned() throws IOException {
        lock.ensureHeld();
    }

    /** Writes a file that is either there with all its content or not there at all. */
    public void write(Path file, Writing content) throws IOException {
        write(file, content, written -> {});
    }

    /**
     * Writes a file that is either there with all its content or not there at all.
     *
     * @param check reads what was written before it takes the file's place, and throws if it is not as it should be
     */
    public void write(Path file, Writing content, WrittenCheck check) throws IOException {
        change(() -> {
            storage.writeWhole(file, inWork(file), content, check);
            return null;
        });
    }

    /** Replaces a file by the beginning of another, and leaves that open for more. */
    public FSDataOutputStream begin(Path file, Writing content) throws IOException {
        return change(() -> storage.beginWhole(file, inWork(file), content));
    }

    /** Deletes a file, or a directory with all that is in it, if there is one. */
    public void delete(Path path) throws IOException {
        change(() -> {
            if (storage.exists(path)) {
                storage.delete(storage.renames(path) ? taken(path) : path);
            }
            return null;
        });
    }

    /** Gives a file another name, and replaces what may have that name. */
    public void rename(Path file, Path to) throws IOException {
        change(() -> {
            Path taken = taken(file);
            storage.delete(to);
            storage.move(taken, to);
            return null;
        });
    }

    /** Moves a file into the work directory, which fails if another run took the lock over. */
    private Path taken(Path path) throws IOException {
        Path taken = inWork(path);
        storage.move(path, taken);
        return taken;
    }

    private Path inWork(Path path) {
        return new Path(lock.work(), path.getName());
    }

    private interface Change<T> {
        T make() throws IOException;
    }

    private <T> T change(Change<T> change) throws IOException {
        lock.ensureHeld();
        try {
            return change.make();
        } catch (IOException e) {
            // the lock may be the reason, if it was lost in between
            lock.ensureHeld();
            throw e;
        }
    }
}
