package dev.sparkprop.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A local file system with the scheme {@code fault}. It injects a fault at the n-th change of files whose path
 * contains {@code fs.fault.path}:
 *
 * <ul>
 * <li>{@code fs.fault.halt-at} kills the process just before the change. With {@code fs.fault.half}, it kills the
 * process halfway through a write instead.
 * <li>{@code fs.fault.fail-from} makes this change and all later ones fail, as on a full disk. Deletions still
 * succeed.
 * <li>{@code fs.fault.stop-at} suspends the process just before the change.
 * </ul>
 *
 * <p>{@code fs.fault.log} names a file to which one line is appended for each change.
 */
public final class FaultFileSystem extends RawLocalFileSystem {
    private static final AtomicInteger CHANGES = new AtomicInteger();

    @Override
    public URI getUri() {
        return URI.create("fault:///");
    }

    @Override
    public String getScheme() {
        return "fault";
    }

    /**
     * Counts a change and injects its fault. Returns true if the caller must write half of the bytes and then kill
     * the process.
     */
    private boolean change(String operation, Path path) throws IOException {
        if (!path.toString().contains(getConf().get("fs.fault.path", "/"))) {
            return false;
        }
        int number = CHANGES.incrementAndGet();
        String log = getConf().get("fs.fault.log");
        if (log != null) {
            Files.writeString(
                    java.nio.file.Path.of(log),
                    operation + " " + path.getName() + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        boolean freesSpace = "delete".equals(operation);
        if (number >= getConf().getInt("fs.fault.fail-from", Integer.MAX_VALUE) && !freesSpace) {
            IOException full = new IOException("No space left on device");
            if ("write".equals(operation)) {
                throw error(full);
            }
            throw full;
        }
        if (number == getConf().getInt("fs.fault.stop-at", -1)) {
            stop();
        }
        if (number != getConf().getInt("fs.fault.halt-at", -1)) {
            return false;
        }
        if (!getConf().getBoolean("fs.fault.half", false)) {
            halt();
        }
        return true;
    }

    /** Returns the error that Hadoop's local file system throws when it cannot write. Its constructor is not public. */
    private static FSError error(IOException reason) {
        try {
            Constructor<FSError> hidden = FSError.class.getDeclaredConstructor(Throwable.class);
            hidden.setAccessible(true);
            return hidden.newInstance(reason);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Suspends this process until it receives SIGCONT. */
    private static void stop() throws IOException {
        String pid = String.valueOf(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("kill", "-STOP", pid).start().waitFor();
            // the signal has been sent but arrives asynchronously
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void halt() {
        Runtime.getRuntime().halt(137);
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        change("create", path);
        return faulty(path, super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
    }

    @Override
    public FSDataOutputStream create(
            Path path, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        change("create", path);
        return faulty(path, super.create(path, overwrite, bufferSize, replication, blockSize, progress));
    }

    /**
     * Creates the file in one step, as remote file systems do. Hadoop's local file system takes several steps and may
     * create the directory.
     */
    @Override
    @SuppressWarnings("deprecation")
    public FSDataOutputStream createNonRecursive(
            Path path,
            FsPermission permission,
            EnumSet<CreateFlag> flags,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        change("create", path);
        return faulty(path, new FSDataOutputStream(createOutputStream(path, false), null));
    }

    @Override
    public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) throws IOException {
        change("append", path);
        return faulty(path, super.append(path, bufferSize, progress));
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        change("rename", to);
        // Hadoop's local file system would copy a file that it cannot rename, unlike all other file systems
        return pathToFile(from).renameTo(pathToFile(to));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        change("delete", path);
        return super.delete(path, recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        change("mkdirs", path);
        return super.mkdirs(path);
    }

    private FSDataOutputStream faulty(Path path, FSDataOutputStream out) {
        return new FSDataOutputStream(new FaultyStream(path, out), null);
    }

    private final class FaultyStream extends OutputStream implements Syncable {
        private final Path path;
        private final FSDataOutputStream out;

        FaultyStream(Path path, FSDataOutputStream out) {
            this.path = path;
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (change("write", path)) {
                out.write(bytes, offset, length / 2);
                out.hsync();
                halt();
            }
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void hflush() throws IOException {
            out.hflush();
        }

        @Override
        public void hsync() throws IOException {
            change("fsync", path);
            out.hsync();
        }

        @Override
        public void close() throws IOException {
            change("close", path);
            out.close();
        }
    }
}
