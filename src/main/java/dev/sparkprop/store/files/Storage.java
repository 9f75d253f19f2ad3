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

/** Files of one file system, the one that a path names or else the local one. */
public final class Storage {
    private final FileSystem files;
    /** The same files by the one interface of Hadoop's that can replace a file; a client of its own, so made when needed. */
    private FileContext context;

    private Storage(FileSystem files) {
        this.files = files;
    }

    /** The file system of a path, which without a scheme is a local one, whatever a cluster's default is. */
    public static Storage of(Path path) throws IOException {
        FileSystem files;
        try {
            files = path.toUri().getScheme() == null
                    ? FileSystem.getLocal(HadoopSettings.CONFIGURATION)
                    : path.getFileSystem(HadoopSettings.CONFIGURATION);
        } catch (RuntimeException e) {
            // an unknown host, or a file system whose classes this Spark does not have
            throw new IOException("No file system for " + path + ": " + e.getMessage(), e);
        }
        // Hadoop's checksum files would lie beside each file of a run and hinder those who edit or copy one
        return new Storage(files instanceof LocalFileSystem local ? local.getRaw() : files);
    }

    /** A path as a user wrote it. */
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
                throw new IOException("the directory cannot be made");
            }
        } catch (IOException e) {
            throw cannotWrite(directory, e);
        }
    }

    /** Deletes a file, or a directory with all that is in it. */
    public void delete(Path path) throws IOException {
        files.delete(path, true);
    }

    /** Size of an existing file, in bytes. */
    public long length(Path file) throws IOException {
        if (!exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        FileStatus status = files.getFileStatus(file);
        if (status.isDirectory()) {
            throw new NoSuchFileException(file.toString(), null, "a directory where a file belongs");
        }
        return status.getLen();
    }

    /** When a file was written last, in milliseconds of its file system's clock; 0 if it is gone. */
    public long modified(Path file) throws IOException {
        return exists(file) ? files.getFileStatus(file).getModificationTime() : 0;
    }

    public InputStream open(Path file) throws IOException {
        return LocalErrors.checked(files.open(file));
    }

    /** Replaces a file that exists. */
    public FSDataOutputStream create(Path file) throws IOException {
        return LocalErrors.checked(files.create(file, true));
    }

    /** Fails where there is a file. */
    public FSDataOutputStream createNew(Path file) throws IOException {
        return LocalErrors.checked(files.create(file, false));
    }

    /** Fails on other file systems than this machine's where the directory of the file is missing, instead of creating it. */
    private FSDataOutputStream createIn(Path file) throws IOException {
        if (files instanceof RawLocalFileSystem) {
            // Hadoop would start a process of chmod for each file, and what it creates ignores this process's umask
            return create(file);
        }
        int buffer = files.getConf()
                .getInt(
                        CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_KEY,
                        CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_DEFAULT);
        return LocalErrors.checked(files.createNonRecursive(
                file, true, buffer, files.getDefaultReplication(file), files.getDefaultBlockSize(file), null));
    }

    /** Whether a file can be renamed in one step and read while it is written; object stores can do neither. */
    public boolean renames(Path file) throws IOException {
        return files.hasPathCapability(file, CommonPathCapabilities.FS_APPEND);
    }

    /** The file on this machine, if it is there and not on a remote file system. */
    public Optional<java.nio.file.Path> local(Path file) {
        return files instanceof RawLocalFileSystem local
                ? Optional.of(local.pathToFile(file).toPath())
                : Optional.empty();
    }

    /** Writes a file that is either there with all its content or not there at all; an unfinished one is beside it, under another name. */
    public void writeWhole(Path file, Writing content) throws IOException {
        String unfinished = "." + file.getName() + "." + UUID.randomUUID() + ".tmp";
        writeWhole(file, new Path(file.getParent(), unfinished), content, written -> {});
    }

    /**
     * Writes a file that is either there with all its content or not there at all, through a crash of the machine too.
     *
     * @param temporary where the file is until it is complete, in a directory that exists
     * @param check reads what was written before it takes the file's place, and throws if it is not as it should be
     */
    public void writeWhole(Path file, Path temporary, Writing content, WrittenCheck check) throws IOException {
        try {
            try (FSDataOutputStream out = createIn(temporary)) {
                content.to(out);
                out.hsync();
            }
            check.of(temporary);
            rename(temporary, file, Options.Rename.OVERWRITE);
            syncDirectory(file.getParent());
        } catch (IOException e) {
            throw discarded(temporary, file, e);
        }
    }

    /**
     * Replaces a file by the beginning of another, in one step, and leaves that open for more. Not by appending to what was
     * written whole: HDFS refuses that where fewer DataNodes are left than a file should have copies.
     */
    public FSDataOutputStream beginWhole(Path file, Path temporary, Writing content) throws IOException {
        // object stores show nothing of a file before it is closed, and until then what it replaces
        boolean renames = renames(file);
        FSDataOutputStream out = null;
        try {
            out = renames ? createIn(temporary) : create(file);
            content.to(out);
            if (renames) {
                out.hsync();
                rename(temporary, file, Options.Rename.OVERWRITE);
                syncDirectory(file.getParent());
            }
            return out;
        } catch (IOException e) {
            IOUtils.closeStream(out);
            throw renames ? discarded(temporary, file, e) : cannotWrite(file, e);
        }
    }

    /** Deletes what could not be completed. */
    private IOException discarded(Path temporary, Path file, IOException reason) {
        try {
            files.delete(temporary, false);
        } catch (IOException suppressed) {
            reason.addSuppressed(suppressed);
        }
        return cannotWrite(file, reason);
    }

    /** What to throw for a write that failed: the system's own words seldom say of which file. */
    public static IOException cannotWrite(Path file, IOException e) {
        return new IOException("Cannot write " + file + ": " + e.getMessage(), e);
    }

    /** Renames a file or directory; fails where the new name is taken, or its directory is missing. */
    public void move(Path from, Path to) throws IOException {
        rename(from, to, Options.Rename.NONE);
    }

    /** Renames in one step where the file system can: a name that is replaced then always has a file. */
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

    /** Makes a rename outlast a crash of the machine; remote file systems do so by themselves. */
    private void syncDirectory(Path directory) throws IOException {
        Optional<java.nio.file.Path> here = local(directory).filter(path -> File.separatorChar == '/');
        if (here.isPresent()) {
            try (FileChannel channel = FileChannel.open(here.get(), StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
