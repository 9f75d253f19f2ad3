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
 * The files that the given paths match, each listed once.
 *
 * @param roots the matching files and directories; none is inside another one
 * @param files all non-empty files, ordered by name
 * @param notes notes for the user, one per line
 */
public record InputFiles(List<Path> roots, List<FileStatus> files, List<String> notes) {
    private static final Comparator<FileStatus> BY_NAME =
            Comparator.comparing(file -> file.getPath().toUri().toString());

    /**
     * Finds the files that match paths and patterns.
     *
     * @throws NoSuchFileException if a path matches nothing, or matches a directory that contains only directories
     */
    public static InputFiles of(List<String> paths, Configuration hadoop) throws IOException {
        Map<Path, FileStatus> found = new LinkedHashMap<>();
        List<Path> duplicates = new ArrayList<>();
        for (String path : paths) {
            for (FileStatus status : find(path, hadoop)) {
                if (found.put(status.getPath(), status) != null) {
                    duplicates.add(status.getPath());
                }
            }
        }
        List<FileStatus> roots = new ArrayList<>();
        for (FileStatus status : found.values()) {
            if (isWithin(status, found)) {
                duplicates.add(status.getPath());
            } else {
                roots.add(status);
            }
        }
        List<FileStatus> files = new ArrayList<>();
        for (FileStatus status : roots) {
            files.addAll(filesOf(status, hadoop));
        }
        return new InputFiles(
                roots.stream().map(FileStatus::getPath).toList(),
                files.stream().filter(file -> file.getLen() > 0).sorted(BY_NAME).toList(),
                notes(duplicates));
    }

    private static List<String> notes(List<Path> duplicates) {
        if (duplicates.isEmpty()) {
            return List.of();
        }
        String first = FileSystems.shown(duplicates.get(0));
        return List.of(
                duplicates.size() == 1
                        ? first + " is matched by several paths; it is read once"
                        : String.format(
                                Locale.ROOT,
                                "%,d files such as %s are matched by several paths; each is read once",
                                duplicates.size(),
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
            // try the literal name first, because it may contain pattern characters
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
            throw new NoSuchFileException(text, null, "file not found; Hadoop cannot match patterns with a colon");
        }
        List<FileStatus> visible = found == null
                ? List.of()
                : Arrays.stream(found)
                        .filter(status -> !isHidden(status.getPath()))
                        .toList();
        if (visible.isEmpty()) {
            String directory = pattern.isAbsolute()
                    ? ""
                    : " in " + system.getWorkingDirectory().toUri().getPath();
            throw new NoSuchFileException(text, null, "file not found" + directory + " (data.path)");
        }
        return visible;
    }

    /** Returns true if Spark and Hadoop do not treat a file as data. */
    public static boolean isHidden(Path path) {
        String name = path.getName();
        return (name.startsWith("_") && !name.contains("=")) || name.startsWith(".") || name.endsWith("._COPYING_");
    }

    /** Returns true if one of the directories that were found includes this file or directory. */
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

    /** Returns true for directories such as {@code year=2026}, which belong to their parent directory. */
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
                    shown, null, "contains only directories (use " + shown + "/* for the files in them)");
        }
        return files;
    }
}
