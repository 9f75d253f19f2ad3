package dev.sparkprop.store.lock;

import dev.sparkprop.store.files.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;

/** A lock that the kernel releases when the process ends for any reason. */
final class KernelLock implements RunLock {
    /**
     * The lock files that this process holds. Under POSIX, a process loses its lock when it closes any channel of the
     * file, so it must not open the file twice.
     */
    private static final Set<java.nio.file.Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Storage storage;
    private final java.nio.file.Path file;
    private final java.nio.file.Path held;
    private final LockOwner owner = LockOwner.ofThisProcess();
    private FileChannel channel;
    /** Identifies the locked file even if its name changes. */
    private Object key;

    private KernelLock(Path directory, Storage storage, java.nio.file.Path local) throws IOException {
        this.directory = directory;
        this.storage = storage;
        this.file = local.resolve(FILE);
        this.held = local.toRealPath().resolve(FILE);
    }

    static KernelLock acquire(Path directory, Storage storage, java.nio.file.Path local) throws IOException {
        KernelLock lock = new KernelLock(directory, storage, local);
        if (!HELD.add(lock.held)) {
            throw RunLock.locked(directory, Optional.of(lock.owner));
        }
        try {
            lock.acquire();
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.release();
            throw e;
        }
    }

    private void acquire() throws IOException {
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (channel.tryLock() == null) {
                throw RunLock.locked(directory, LockOwner.parse(Files.readAllBytes(file)));
            }
            key = key();
            // the file is not deleted when the lock is released: another process that has opened it would then lock a
            // deleted file
            channel.truncate(0).write(ByteBuffer.wrap(owner.bytes()));
        } catch (LockedException e) {
            throw e;
        } catch (IOException e) {
            throw Storage.cannotWrite(new Path(directory, FILE), e);
        }
        for (Path abandoned : RunLock.workDirectories(directory, storage)) {
            storage.delete(abandoned);
        }
        storage.makeDirectories(work());
    }

    private Object key() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    @Override
    public Path work() {
        return RunLock.work(directory, owner);
    }

    @Override
    public void ensureHeld() throws IOException {
        Object now;
        try {
            now = key();
        } catch (NoSuchFileException e) {
            throw new LockedException("Output " + directory + " was deleted, or replaced by another run");
        }
        // null if the file system does not support such keys
        if (key != null && !key.equals(now)) {
            throw new LockedException("Output " + directory + " was replaced by another run");
        }
    }

    private void release() throws IOException {
        if (channel != null) {
            channel.close();
        }
        HELD.remove(held);
    }

    @Override
    public void close() throws IOException {
        try {
            storage.delete(work());
            channel.truncate(0);
        } finally {
            release();
        }
    }
}
