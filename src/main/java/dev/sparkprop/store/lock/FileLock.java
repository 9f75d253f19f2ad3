package dev.sparkprop.store.lock;

import dev.sparkprop.store.files.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * A lock that is represented by the existence of a file. Its owner replaces the file every few seconds. Another run
 * takes over the lock if the file has not changed for a while, regardless of the owner that the file names.
 */
final class FileLock implements RunLock {
    /** Time between two heartbeats. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** An owner without a heartbeat for this time is considered dead. */
    private static final Duration SILENCE = HEARTBEAT.multipliedBy(4);

    private static final int MAX_BYTES = 1 << 16;

    private final Path directory;
    private final Storage storage;
    private final Path file;
    private final Duration silence;
    private final LockOwner owner = LockOwner.ofThisProcess();
    private ScheduledExecutorService heartbeatExecutor;
    private long heartbeats;
    /** The {@link System#nanoTime} at the start of the latest heartbeat. */
    private long newest;

    private FileLock(Path directory, Storage storage, Duration silence) {
        this.directory = directory;
        this.storage = storage;
        this.file = new Path(directory, FILE);
        this.silence = silence;
    }

    static FileLock acquire(Path directory, Storage storage) throws IOException {
        return acquire(directory, storage, SILENCE);
    }

    /**
     * The lock of a directory.
     *
     * @param silence how long a lock must not have changed to be taken over
     */
    static FileLock acquire(Path directory, Storage storage, Duration silence) throws IOException {
        FileLock lock = new FileLock(directory, storage, silence);
        lock.acquire();
        return lock;
    }

    private void acquire() throws IOException {
        newest = System.nanoTime();
        // list them before acquiring the lock: if this process is suspended now, it must not delete the work
        // directories of later owners
        List<Path> abandoned = RunLock.workDirectories(directory, storage);
        if (!createExclusively()) {
            abandoned.addAll(takeOver());
            newest = System.nanoTime();
            if (!createExclusively()) {
                throw locked();
            }
        }
        for (Path work : abandoned) {
            storage.delete(work);
        }
        storage.makeDirectories(work());
        if (!isOurs(content())) {
            storage.delete(work());
            throw locked();
        }
        heartbeatExecutor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lock-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        long period = HEARTBEAT.toMillis();
        heartbeatExecutor.scheduleAtFixedRate(this::writeHeartbeat, period, period, TimeUnit.MILLISECONDS);
    }

    /** Renames the lock file of a dead owner. Returns the owner's work directory if the owner is known. */
    private List<Path> takeOver() throws IOException {
        byte[] previousContent = content();
        Optional<LockOwner> other = LockOwner.parse(previousContent);
        // An owner that was killed before it wrote its name is identified by the time of its file. The time is read
        // before the wait, because another run may take the lock over meanwhile, and has an empty file at first.
        long modified = storage.modified(file);
        if (!other.map(LockOwner::isKnownDead).orElse(false) && !hasNoHeartbeat(previousContent, modified)) {
            throw locked();
        }
        String name = other.map(LockOwner::id).orElse("unnamed-" + modified);
        try {
            // if several runs find the same owner dead, only one rename succeeds, because the new name then exists
            storage.move(file, new Path(directory, FILE + "-" + name));
        } catch (IOException e) {
            throw locked();
        }
        return other.map(dead -> List.of(RunLock.work(directory, dead))).orElse(List.of());
    }

    private boolean createExclusively() throws IOException {
        FSDataOutputStream created;
        try {
            created = storage.createNew(file);
        } catch (IOException e) {
            // file systems throw different exceptions for a file that exists or is being created by another process
            if (storage.exists(file)) {
                return false;
            }
            throw Storage.cannotWrite(file, e);
        }
        try (FSDataOutputStream out = created) {
            out.write(owner.bytes());
        } catch (IOException e) {
            throw Storage.cannotWrite(file, e);
        }
        return true;
    }

    /** Returns true if the lock file does not change for a while. Does not compare the clocks of different machines. */
    private boolean hasNoHeartbeat(byte[] previousContent, long modified) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < silence.toNanos()) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for " + file, e);
            }
            if (!Arrays.equals(content(), previousContent) || storage.modified(file) != modified) {
                return false;
            }
        }
        return true;
    }

    /** Returns the contents of the file; empty if it is missing. */
    private byte[] content() throws IOException {
        try (InputStream in = storage.open(file)) {
            return in.readNBytes(MAX_BYTES);
        } catch (FileNotFoundException e) {
            return new byte[0];
        }
    }

    private LockedException locked() throws IOException {
        return RunLock.locked(directory, LockOwner.parse(content()));
    }

    @Override
    public Path work() {
        return RunLock.work(directory, owner);
    }

    @Override
    public synchronized void ensureHeld() throws IOException {
        // no other run takes over the lock this soon after a heartbeat; after a longer pause, such as a suspension,
        // read the file
        if (System.nanoTime() - newest >= HEARTBEAT.multipliedBy(2).toNanos()) {
            byte[] now = content();
            if (!isOurs(now)) {
                throw new LockedException("Output " + directory + " was taken over by "
                        + LockOwner.parse(now).map(LockOwner::toString).orElse("another run"));
            }
        }
    }

    private boolean isOurs(byte[] now) throws IOException {
        if (now.length == 0) {
            // the file was emptied, but not by a run that took over the lock: that run would have deleted the work
            // directory
            return storage.exists(file) && storage.exists(work());
        }
        return LockOwner.parse(now).map(LockOwner::id).equals(Optional.of(owner.id()));
    }

    /** Replaces the file, which exists at all times. */
    private synchronized void writeHeartbeat() {
        try {
            long begin = System.nanoTime();
            if (isOurs(content())) {
                LockOwner alive = owner.at(++heartbeats);
                if (storage.renames(file)) {
                    storage.writeWhole(file, new Path(work(), FILE), out -> out.write(alive.bytes()), written -> {});
                } else {
                    try (FSDataOutputStream out = storage.create(file)) {
                        out.write(alive.bytes());
                    }
                }
                newest = begin;
            }
        } catch (IOException | RuntimeException e) {
            // the next heartbeat may succeed; if none does, the run itself cannot write either
        }
    }

    @Override
    public synchronized void close() throws IOException {
        heartbeatExecutor.shutdownNow();
        try {
            if (isOurs(content())) {
                // a rename, which fails if another run takes over the lock at the same time
                storage.move(file, new Path(work(), "released"));
            }
        } catch (IOException e) {
            if (isOurs(content())) {
                throw e;
            }
        } finally {
            storage.delete(work());
        }
    }
}
