package dev.sparkprop.spark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files that paths name, each once.
 *
 * @param named files and directories; none of them is inside another one
 * @param files all files with something in them, in the order of their names
 * @param notes what the user should know, in lines
 */
public record InputFiles(List<Path> named, List<FileStatus> files, List<String> notes) {
    private static final Comparator<FileStatus> BY_NAME =
            Comparator.comparing(file -> file.getPath().toUri().toString());

    /**
     * Looks for the files of paths and patterns.
     *
     * @throws NoSuchFileException if one of them names nothing, or a directory that contains directories only
     */
    public static InputFiles of(List<String> paths, Configuration hadoop) throws IOException {
        Map<Path, FileStatus> found = new LinkedHashMap<>();
        List<Path> twice = new ArrayList<>();
        for (String path : paths) {
            for (FileStatus status : find(path, hadoop)) {
                if (found.put(status.getPath(), status) != null) {
                    twice.add(status.getPath());
                }
            }
        }
        List<FileStatus> named = new ArrayList<>();
        for (FileStatus status : found.values()) {
            if (isWithin(status, found)) {
                twice.add(status.getPath());
            } else {
                named.add(status);
            }
        }
        List<FileStatus> files = new ArrayList<>();
        for (FileStatus status : named) {
            files.addAll(filesOf(status, hadoop));
        }
        return new InputFiles(
                named.stream().map(FileStatus::getPath).toList(),
                files.stream().filter(file -> file.getLen() > 0).sorted(BY_NAME).toList(),
                notes(twice));
    }

    private static List<String> notes(List<Path> twice) {
        if (twice.isEmpty()) {
            return List.of();
        }
        String first = FileSystems.shown(twice.get(0));
        return List.of(
                twice.size() == 1
                        ? first + " is named twice and is read once"
                        : String.format(
                                Locale.ROOT,
                                "%,d paths such as %s are named twice and are read once",
                                twice.size(),
                                first));
    }

    private static List<FileStatus> find(String text, Configuration hadoop) throws IOException {
        Path path;
        try {
            path = FileSystems.path(text);
        } catch (InvalidPathException e) {
            throw new NoSuchFileException(text, null, e.getReason());
        }
        FileSystem system = FileSystems.of(path, hadoop);
        try {
            // a name may contain characters of patterns
            return List.of(system.getFileStatus(path));
        } catch (FileNotFoundException e) {
            return matches(text, path, system);
        }
    }

    private static List<FileStatus> matches(String text, Path pattern, FileSystem system) throws IOException {
        FileStatus[] found;
        try {
            found = system.globStatus(pattern);
        } catch (IllegalArgumentException e) {
            throw new NoSuchFileException(
                    text, null, "no such file, or a name with a colon in a pattern, which Hadoop cannot match");
        }
        List<FileStatus> visible = found == null
                ? List.of()
                : Arrays.stream(found)
                        .filter(status -> !isHidden(status.getPath()))
                        .toList();
        if (visible.isEmpty()) {
            throw new NoSuchFileException(text, null, "no such file (data.path)");
        }
        return visible;
    }

    /** Whether Spark and Hadoop do not take a file for data. */
    public static boolean isHidden(Path path) {
        String name = path.getName();
        return (name.startsWith("_") && !name.contains("=")) || name.startsWith(".") || name.endsWith("._COPYING_");
    }

    /** Whether a directory that was found has this file or directory among its own. */
    private static boolean isWithin(FileStatus inner, Map<Path, FileStatus> found) {
        if (isHidden(inner.getPath()) || (inner.isDirectory() && !isPartition(inner.getPath()))) {
            return false;
        }
        Path directory = inner.getPath().getParent();
        while (directory != null) {
            if (found.containsKey(directory)) {
                return true;
            }
            directory = isPartition(directory) ? directory.getParent() : null;
        }
        return false;
    }

    /** Directories such as {@code year=2026} are parts of the one that they are in. */
    private static boolean isPartition(Path directory) {
        return directory.getName().contains("=");
    }

    private static Collection<FileStatus> filesOf(FileStatus status, Configuration hadoop) throws IOException {
        if (!status.isDirectory()) {
            return List.of(status);
        }
        List<FileStatus> files = new ArrayList<>();
        boolean directories = false;
        for (FileStatus inner : FileSystems.of(status.getPath(), hadoop).listStatus(status.getPath())) {
            if (!isHidden(inner.getPath())) {
                if (!inner.isDirectory() || isPartition(inner.getPath())) {
                    files.addAll(filesOf(inner, hadoop));
                } else {
                    directories = true;
                }
            }
        }
        if (files.isEmpty() && directories) {
            String shown = FileSystems.shown(status.getPath());
            throw new NoSuchFileException(
                    shown, null, "no files, only directories (" + shown + "/* names the files in them)");
        }
        return files;
    }
}
