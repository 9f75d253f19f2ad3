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
 * Keeps a second run out of a run's directory, by a file in it that names the owner. On this machine's file systems the kernel holds the
 * lock, elsewhere the file itself does.
 *
 * <p>The owner has a work directory, named by its lock. Each of its changes goes through that directory by a rename, and whoever takes
 * the lock over deletes it first. So an owner that was suspended at any moment, and lost the lock meanwhile, changes nothing when it
 * wakes: its next rename fails.
 */
public sealed interface RunLock extends Closeable permits KernelLock, FileLock {
    String FILE = ".lock";
    String WORK = ".work-";

    /**
     * Takes the lock of a directory, which must exist.
     *
     * @throws LockedException if another run has it
     */
    static RunLock acquire(Path directory) throws IOException {
        Storage storage = Storage.of(directory);
        Optional<java.nio.file.Path> local = storage.local(directory);
        return local.isPresent()
                ? KernelLock.acquire(directory, storage, local.get())
                : FileLock.acquire(directory, storage);
    }

    /** The work directory of an acquisition. */
    static Path work(Path directory, LockOwner owner) {
        return new Path(directory, WORK + owner.id());
    }

    /** The work directories of all acquisitions that did not end by themselves. */
    static List<Path> workDirectories(Path directory, Storage storage) throws IOException {
        List<Path> found = new ArrayList<>();
        for (FileStatus status : storage.list(directory)) {
            if (status.getPath().getName().startsWith(WORK)) {
                found.add(status.getPath());
            }
        }
        return found;
    }

    /** What to throw where somebody else has the lock. */
    static LockedException locked(Path directory, Optional<LockOwner> other) {
        return new LockedException("Output " + directory + " is locked by "
                + other.map(LockOwner::toString).orElse("another run") + " (try again when that run has ended)");
    }

    /** This owner's work directory, which exists as long as it has the lock. */
    Path work();

    /**
     * Returns if this process still has the lock.
     *
     * @throws LockedException if another run took it over
     */
    void ensureHeld() throws IOException;
}
