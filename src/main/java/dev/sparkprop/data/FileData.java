package dev.sparkprop.data;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Examples in files, as a configuration describes them; what is in the files is not known yet.
 *
 * @param format of all files
 * @param paths of files or directories, or patterns of them, in any file system of Hadoop's; at least one
 * @param csv how lines of {@code csv} are to be read; of {@code libsvm} only their charset
 * @param features names of the columns of features, in their order; none for all columns that are not something else
 * @param excluded names of columns that are no features
 * @param targets names of the columns of targets
 * @param weight name of the column of weights, if there is one
 * @param kind of the targets
 * @param inputs features of an example
 * @param outputs targets of an example, as the net learns them
 * @param badRows what becomes of them
 * @param standardize whether features, and targets that are numbers, are brought to mean 0 and deviation 1
 */
public record FileData(
        FileFormat format,
        List<String> paths,
        Csv csv,
        List<String> features,
        List<String> excluded,
        List<String> targets,
        Optional<String> weight,
        TargetKind kind,
        int inputs,
        int outputs,
        BadRows badRows,
        boolean standardize) {

    /** Files with no excluded columns. */
    public FileData(
            FileFormat format,
            List<String> paths,
            Csv csv,
            List<String> features,
            List<String> targets,
            Optional<String> weight,
            TargetKind kind,
            int inputs,
            int outputs,
            BadRows badRows,
            boolean standardize) {
        this(format, paths, csv, features, List.of(), targets, weight, kind, inputs, outputs, badRows, standardize);
    }

    public FileData {
        excluded = List.copyOf(excluded);
        paths = List.copyOf(paths);
        features = List.copyOf(features);
        targets = List.copyOf(targets);
        if (targets.size() != kind.columns(outputs)) {
            throw new IllegalArgumentException(
                    "Invalid target: " + targets + " (must be " + kind.columns(outputs) + " columns)");
        }
    }

    /** Files of the same kind in other places. */
    public FileData at(List<String> others) {
        return new FileData(
                format, others, csv, features, excluded, targets, weight, kind, inputs, outputs, badRows, standardize);
    }

    /** The same files, of which nobody wants more than the features. */
    public FileData withoutTargets() {
        return new FileData(
                format,
                paths,
                csv,
                features,
                excluded,
                List.of(),
                Optional.empty(),
                TargetKind.NUMBERS,
                inputs,
                0,
                badRows,
                standardize);
    }

    /** The same files, with these columns for features. */
    public FileData withFeatures(List<String> columns) {
        return new FileData(format, paths, csv, columns, targets, weight, kind, inputs, outputs, badRows, standardize);
    }

    /** The same files, whose bad rows are treated like this. */
    public FileData withBadRows(BadRows policy) {
        return new FileData(
                format, paths, csv, features, excluded, targets, weight, kind, inputs, outputs, policy, standardize);
    }

    /**
     * How bytes become lines and lines are cut into values.
     *
     * @param header whether the first line of each file names the columns; else they are {@code _c0}, {@code _c1}, …
     * @param separator between two values
     * @param quote round a value that contains separators; twice within such a value for once
     * @param escape within such a value before a character that means itself, or {@link #NO_ESCAPE}
     * @param multiLine whether such a value may contain line breaks
     * @param charset of the text, in which line breaks are those of ASCII
     */
    public record Csv(boolean header, char separator, char quote, char escape, boolean multiLine, TextCharset charset)
            implements Serializable {
        /** Where there is no such character. */
        public static final char NO_ESCAPE = 0;

        /** UTF-8 in which no character is escaped and a line is a row. */
        public Csv(boolean header, char separator, char quote) {
            this(header, separator, quote, NO_ESCAPE, false, TextCharset.UTF_8);
        }
    }

    /** Where the numbers of a row are. */
    public RowLayout layout() {
        return new RowLayout(inputs, kind, outputs);
    }
}
