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
 * A lock that a file is. Its owner replaces the file every few seconds, and another run takes over one that has not changed for a
 * while, whoever its owner says that it is.
 */
final class FileLock implements RunLock {
    /** Time between two heartbeats. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** Without a heartbeat for this long, the owner counts as dead. */
    private static final Duration SILENCE = HEARTBEAT.multipliedBy(4);

    private static final int MAX_BYTES = 1 << 16;

    private final Path directory;
    private final Storage storage;
    private final Path file;
    private final Duration silence;
    private final LockOwner owner = LockOwner.ofThisProcess();
    private ScheduledExecutorService heart;
    private long beats;
    /** When the newest heartbeat began, by {@link System#nanoTime}. */
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
        // listed before the lock is taken: those of later owners must stay, if this process is suspended now
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
        heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lock-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        long period = HEARTBEAT.toMillis();
        heart.scheduleAtFixedRate(this::beat, period, period, TimeUnit.MILLISECONDS);
    }

    /** Renames the lock of an owner that is dead; returns its work directory, if its name is known. */
    private List<Path> takeOver() throws IOException {
        byte[] before = content();
        Optional<LockOwner> other = LockOwner.parse(before);
        // An owner that was killed before it wrote its name is identified by the time of its file. The time is read
        // before the wait, because another run may take the lock over meanwhile, and has an empty file at first.
        long made = storage.modified(file);
        if (!other.map(LockOwner::knownDead).orElse(false) && !silent(before, made)) {
            throw locked();
        }
        String name = other.map(LockOwner::id).orElse("unnamed-" + made);
        try {
            // of several that find one owner dead only one succeeds in this, since the name is then taken
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
            // file systems have several words for a file that is there, or that another is just making
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

    /** Whether nothing changes in the lock for a while; does not trust the clocks of different machines. */
    private boolean silent(byte[] before, long made) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < silence.toNanos()) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for " + file, e);
            }
            if (!Arrays.equals(content(), before) || storage.modified(file) != made) {
                return false;
            }
        }
        return true;
    }

    /** What is in the file; nothing if it is missing. */
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
        // nobody takes it over so soon after a heartbeat; a process that was suspended reads it
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
            // somebody emptied it, but nobody took it over: the work directory would be gone
            return storage.exists(file) && storage.exists(work());
        }
        return LockOwner.parse(now).map(LockOwner::id).equals(Optional.of(owner.id()));
    }

    /** Replaces the file without a moment in which its name is free. */
    private synchronized void beat() {
        try {
            long begin = System.nanoTime();
            if (isOurs(content())) {
                LockOwner alive = owner.at(++beats);
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
            // the next one may succeed; if none does, the run itself cannot write either
        }
    }

    @Override
    public synchronized void close() throws IOException {
        heart.shutdownNow();
        try {
            if (isOurs(content())) {
                // a rename, which fails if another run takes the lock over just now
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
