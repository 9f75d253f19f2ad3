package dev.sparkprop.store.files;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.io.IOUtils;

/** The files of one file system. */
public final class Storage {
    private final FileSystem files;
    /** The same file system, through the only Hadoop API that can replace a file: another client, created on demand. */
    private FileContext context;

    private Storage(FileSystem files) {
        this.files = files;
    }

    /** Returns the storage of a path. A path without a scheme is local, whatever the default file system. */
    public static Storage of(Path path) throws IOException {
        FileSystem files;
        try {
            files = path.toUri().getScheme() == null
                    ? FileSystem.getLocal(HadoopSettings.CONFIGURATION)
                    : path.getFileSystem(HadoopSettings.CONFIGURATION);
        } catch (RuntimeException e) {
            // the host is unknown, or this Spark does not have the classes of the file system
            throw new IOException("No file system for " + path + ": " + e.getMessage(), e);
        }
        // Hadoop would store a checksum file next to each file of a run, which hinders users who edit or copy one
        return new Storage(files instanceof LocalFileSystem local ? local.getRaw() : files);
    }

    /** Parses a path that a user specified. */
    public static Path path(String text) {
        try {
            return new Path(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidPathException(text, "Invalid path (must be a path, or a URI such as hdfs://host/path)");
        }
    }

    public boolean exists(Path path) throws IOException {
        return files.exists(path);
    }

    public boolean isDirectory(Path path) throws IOException {
        return exists(path) && files.getFileStatus(path).isDirectory();
    }

    public FileStatus[] list(Path directory) throws IOException {
        return files.listStatus(directory);
    }

    public void makeDirectories(Path directory) throws IOException {
        try {
            if (!files.mkdirs(directory)) {
                throw new IOException("cannot create the directory");
            }
        } catch (IOException e) {
            throw cannotWrite(directory, e);
        }
    }

    /** Deletes a file, or a directory with all its contents. */
    public void delete(Path path) throws IOException {
        files.delete(path, true);
    }

    /** Returns the size of an existing file in bytes. */
    public long length(Path file) throws IOException {
        if (!exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "file not found");
        }
        FileStatus status = files.getFileStatus(file);
        if (status.isDirectory()) {
            throw new NoSuchFileException(file.toString(), null, "is a directory (must be a file)");
        }
        return status.getLen();
    }

    /** Returns the modification time of a file in milliseconds by its file system's clock; 0 if it is missing. */
    public long modified(Path file) throws IOException {
        return exists(file) ? files.getFileStatus(file).getModificationTime() : 0;
    }

    public InputStream open(Path file) throws IOException {
        return LocalErrors.checked(files.open(file));
    }

    /** Creates a file, or replaces an existing one. */
    public FSDataOutputStream create(Path file) throws IOException {
        return LocalErrors.checked(files.create(file, true));
    }

    /** Creates a file. Fails if it exists. */
    public FSDataOutputStream createNew(Path file) throws IOException {
        return LocalErrors.checked(files.create(file, false));
    }

    /** Creates or replaces a file. Only local file systems create a missing directory. */
    private FSDataOutputStream createIn(Path file) throws IOException {
        if (files instanceof RawLocalFileSystem) {
            // otherwise Hadoop would start a chmod process for each file, and ignore this process's umask
            return create(file);
        }
        int buffer = files.getConf()
                .getInt(
                        CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_KEY,
                        CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_DEFAULT);
        return LocalErrors.checked(files.createNonRecursive(
                file, true, buffer, files.getDefaultReplication(file), files.getDefaultBlockSize(file), null));
    }

    /** Returns true if files can be renamed atomically and read while being written, unlike on object stores. */
    public boolean renames(Path file) throws IOException {
        return files.hasPathCapability(file, CommonPathCapabilities.FS_APPEND);
    }

    /** Returns the local file; empty on a remote file system. */
    public Optional<java.nio.file.Path> local(Path file) {
        return files instanceof RawLocalFileSystem local
                ? Optional.of(local.pathToFile(file).toPath())
                : Optional.empty();
    }

    /** Writes a file atomically, through a temporary file in the same directory. */
    public void writeWhole(Path file, StreamWriter content) throws IOException {
        String unfinished = "." + file.getName() + "." + UUID.randomUUID() + ".tmp";
        writeWhole(file, new Path(file.getParent(), unfinished), content, written -> {});
    }

    /**
     * Writes a file atomically, even if the machine crashes: it has either all the new content or its previous state.
     *
     * @param temporary the path until the file is complete, in an existing directory
     * @param check reads the written file before it replaces the previous one, and throws if it is invalid
     */
    public void writeWhole(Path file, Path temporary, StreamWriter content, WrittenCheck check) throws IOException {
        try {
            try (FSDataOutputStream out = createIn(temporary)) {
                content.writeTo(out);
                out.hsync();
            }
            check.of(temporary);
            rename(temporary, file, Options.Rename.OVERWRITE);
            syncDirectory(file.getParent());
        } catch (IOException e) {
            throw discard(temporary, file, e);
        }
    }

    /**
     * Atomically replaces a file with the beginning of a new one, and returns the open stream for appending. It does
     * not reopen a complete file for appending, because HDFS rejects that if there are fewer DataNodes than the file
     * should have replicas.
     */
    public FSDataOutputStream beginWhole(Path file, Path temporary, StreamWriter content) throws IOException {
        // object stores show a new file only after it is closed, and the file that it replaces until then
        boolean renames = renames(file);
        FSDataOutputStream out = null;
        try {
            out = renames ? createIn(temporary) : create(file);
            content.writeTo(out);
            if (renames) {
                out.hsync();
                rename(temporary, file, Options.Rename.OVERWRITE);
                syncDirectory(file.getParent());
            }
            return out;
        } catch (IOException e) {
            IOUtils.closeStream(out);
            throw renames ? discard(temporary, file, e) : cannotWrite(file, e);
        }
    }

    /** Deletes the incomplete file and returns an exception. */
    private IOException discard(Path temporary, Path file, IOException reason) {
        try {
            files.delete(temporary, false);
        } catch (IOException suppressed) {
            reason.addSuppressed(suppressed);
        }
        return cannotWrite(file, reason);
    }

    /** Returns an exception for a failed write. The messages of file systems rarely name the file. */
    public static IOException cannotWrite(Path file, IOException e) {
        return new IOException("Cannot write " + file + ": " + e.getMessage(), e);
    }

    /** Renames a file or directory. Fails if the new name exists or its directory is missing. */
    public void move(Path from, Path to) throws IOException {
        rename(from, to, Options.Rename.NONE);
    }

    /** Renames a file, atomically if the file system supports it: a replaced name then exists at all times. */
    private void rename(Path from, Path to, Options.Rename how) throws IOException {
        try {
            if (files instanceof RawLocalFileSystem) {
                renameLocally(from, to);
            } else {
                if (context == null) {
                    context = FileContext.getFileContext(files.getUri(), HadoopSettings.CONFIGURATION);
                }
                context.rename(from, to, how);
            }
        } catch (UnsupportedFileSystemException e) {
            if (how == Options.Rename.OVERWRITE) {
                files.delete(to, false);
            }
            renameLocally(from, to);
        }
    }

    private void renameLocally(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("Cannot rename " + from + " to " + to);
        }
    }

    /** Makes a rename durable if the machine crashes. Remote file systems do so by themselves. */
    private void syncDirectory(Path directory) throws IOException {
        Optional<java.nio.file.Path> localDirectory = local(directory).filter(path -> File.separatorChar == '/');
        if (localDirectory.isPresent()) {
            try (FileChannel channel = FileChannel.open(localDirectory.get(), StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
