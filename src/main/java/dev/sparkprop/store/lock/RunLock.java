package dev.sparkprop.store.lock;

import dev.sparkprop.store.files.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Prevents a second run from using a run directory, by means of a file in it that names the owner. On local file
 * systems, the kernel holds the lock. On other file systems, the existence of the file is the lock.
 *
 * <p>The owner has a work directory, whose name depends on its lock. Each change moves a file through that directory
 * by a rename, and a process that takes over the lock deletes the directory first. An owner may be suspended at any
 * moment and lose the lock. When it continues, its next rename fails, so it changes nothing.
 */
public sealed interface RunLock extends Closeable permits KernelLock, FileLock {
    String FILE = ".lock";
    String WORK = ".work-";

    /**
     * Acquires the lock of an existing directory.
     *
     * @throws LockedException if another run owns the directory
     */
    static RunLock acquire(Path directory) throws IOException {
        Storage storage = Storage.of(directory);
        Optional<java.nio.file.Path> local = storage.local(directory);
        return local.isPresent()
                ? KernelLock.acquire(directory, storage, local.get())
                : FileLock.acquire(directory, storage);
    }

    /** Returns the work directory of an acquisition. */
    static Path work(Path directory, LockOwner owner) {
        return new Path(directory, WORK + owner.id());
    }

    /** Returns the work directories of all acquisitions that were not released. */
    static List<Path> workDirectories(Path directory, Storage storage) throws IOException {
        List<Path> found = new ArrayList<>();
        for (FileStatus status : storage.list(directory)) {
            if (status.getPath().getName().startsWith(WORK)) {
                found.add(status.getPath());
            }
        }
        return found;
    }

    /** Returns an exception for a lock that another run holds. */
    static LockedException locked(Path directory, Optional<LockOwner> other) {
        return new LockedException("Output " + directory + " is locked by "
                + other.map(LockOwner::toString).orElse("another run") + " (try again when that run has ended)");
    }

    /** Returns this owner's work directory, which exists as long as this owner holds the lock. */
    Path work();

    /**
     * Checks that this process still holds the lock.
     *
     * @throws LockedException if another run has taken over the lock
     */
    void ensureHeld() throws IOException;
}
