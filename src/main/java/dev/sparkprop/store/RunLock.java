package dev.sparkprop.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * Keeps a second run out of a run's directory, by a file in it that names the owner. On this machine's file systems the
 * kernel holds the lock, and lets go when the process is gone. Elsewhere the file itself is the lock: the owner writes to it
 * every few seconds, and one that has not been written to for a while is taken over.
 */
final class RunLock implements Closeable {
    static final String FILE = ".lock";

    /** Time between two signs of life. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** Without a sign of life for so long, the owner is taken for dead. */
    private static final Duration SILENCE = HEARTBEAT.multipliedBy(4);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Owner owner = Owner.ofThisProcess();
    private FileChannel kernelLock;
    private ScheduledExecutorService heart;
    private long beats;

    /** Who has the lock; beat counts the signs of life. */
    private record Owner(String id, String host, long pid, String since, long beat) {
        static Owner ofThisProcess() {
            String host;
            try {
                host = InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                host = "localhost";
            }
            return new Owner(
                    UUID.randomUUID().toString(),
                    host,
                    ProcessHandle.current().pid(),
                    Instant.now().toString(),
                    0);
        }

        Owner at(long count) {
            return new Owner(id, host, pid, since, count);
        }

        boolean knownDead() {
            return host.equals(ofThisProcess().host)
                    && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        }

        @Override
        public String toString() {
            return "process " + pid + " on " + host + ", since " + since;
        }
    }

    private RunLock(Path directory) {
        this.file = new Path(directory, FILE);
    }

    /**
     * Takes the lock of a directory, which must exist.
     *
     * @throws LockedException if another run has it
     */
    static RunLock acquire(Path directory) throws IOException {
        RunLock lock = new RunLock(directory);
        Optional<java.nio.file.Path> local = Storage.of(directory).local(lock.file);
        if (local.isPresent()) {
            lock.acquireFromKernel(local.get());
        } else {
            lock.acquireByFile(Storage.of(directory));
        }
        return lock;
    }

    private void acquireFromKernel(java.nio.file.Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw locked(parse(Files.readAllBytes(path)));
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw locked(Optional.of(owner));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        // the file stays when the lock is given back: to delete it would take it from under one who waits
        try {
            channel.truncate(0).write(ByteBuffer.wrap(JSON.writeValueAsBytes(owner)));
        } catch (IOException e) {
            channel.close();
            throw Storage.cannotWrite(file, e);
        }
        kernelLock = channel;
    }

    private void acquireByFile(Storage storage) throws IOException {
        if (!createExclusively(storage)) {
            Optional<Owner> other = read(storage);
            // one that was killed before it had written its name is known by the time at which it made the file
            String name = other.isPresent() ? other.get().id() : "unnamed-" + storage.modified(file);
            if (!other.map(Owner::knownDead).orElse(false) && !silent(storage, other)) {
                throw locked(read(storage));
            }
            // of several who find one owner dead only one succeeds in this, since the name is then taken
            Path grave = new Path(file.getParent(), FILE + "-" + name);
            if (!storage.rename(file, grave) || !createExclusively(storage)) {
                throw locked(read(storage));
            }
        }
        heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lock-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        long period = HEARTBEAT.toMillis();
        heart.scheduleAtFixedRate(this::beat, period, period, TimeUnit.MILLISECONDS);
    }

    private boolean createExclusively(Storage storage) throws IOException {
        FSDataOutputStream created;
        try {
            created = storage.createNew(file);
        } catch (IOException e) {
            // file systems have several words for a file that is there, or that another is just making
            if (storage.exists(file)) {
                return false;
            }
            throw e;
        }
        try (FSDataOutputStream out = created) {
            out.write(JSON.writeValueAsBytes(owner));
        }
        return true;
    }

    /** Whether nothing changes in the lock for a while; does not trust the clocks of different machines. */
    private boolean silent(Storage storage, Optional<Owner> before) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < SILENCE.toNanos()) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for " + file, e);
            }
            if (!read(storage).equals(before)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Owner> read(Storage storage) throws IOException {
        try (InputStream in = storage.open(file)) {
            return parse(in.readNBytes(1 << 16));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Optional<Owner> parse(byte[] bytes) {
        try {
            return Optional.of(JSON.readValue(new String(bytes, StandardCharsets.UTF_8), Owner.class));
        } catch (IOException e) {
            // its owner is just writing it
            return Optional.empty();
        }
    }

    private LockedException locked(Optional<Owner> other) {
        return new LockedException("Output " + file.getParent() + " is locked by "
                + other.map(Owner::toString).orElse("another run") + " (try again when that is over)");
    }

    /** Throws if somebody has taken the lock over because this process gave no sign of life for too long. */
    synchronized void ensureHeld() throws IOException {
        if (heart != null) {
            Optional<Owner> now = read(Storage.of(file));
            if (!isOurs(now)) {
                throw new LockedException("Output " + file.getParent() + " was taken over by "
                        + now.map(Owner::toString).orElse("another run"));
            }
        }
    }

    private boolean isOurs(Optional<Owner> now) {
        return now.map(Owner::id).equals(Optional.of(owner.id()));
    }

    /** Replaces the file without a moment in which its name is free. */
    private synchronized void beat() {
        try {
            Storage storage = Storage.of(file);
            if (isOurs(read(storage))) {
                try (FSDataOutputStream out = storage.create(file)) {
                    out.write(JSON.writeValueAsBytes(owner.at(++beats)));
                }
            }
        } catch (IOException e) {
            // the next one may succeed; if none does, the run itself cannot write either
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (kernelLock != null) {
            kernelLock.truncate(0);
            kernelLock.close();
        } else {
            heart.shutdownNow();
            Storage storage = Storage.of(file);
            if (isOurs(read(storage))) {
                storage.delete(file);
            }
        }
    }
}
