package dev.sparkprop.data;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A dataset in files, as described by a configuration. The contents of the files have not been read yet.
 *
 * @param format format of all files
 * @param paths files, directories or glob patterns in any Hadoop file system; at least one
 * @param csv how to parse {@code csv} lines; for {@code libsvm}, only the charset is used
 * @param features names of the feature columns, in order; empty for all columns without another role
 * @param excluded names of the columns that are not features
 * @param targets names of the target columns
 * @param weight name of the weight column, if there is one
 * @param kind kind of the targets
 * @param inputs number of features per example
 * @param outputs number of network outputs per example
 * @param badRows what to do with invalid rows
 * @param standardize whether features and numeric targets are standardized to mean 0 and deviation 1
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

    /** Creates a dataset without excluded columns. */
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

    /** Returns a copy with other paths. */
    public FileData at(List<String> others) {
        return new FileData(
                format, others, csv, features, excluded, targets, weight, kind, inputs, outputs, badRows, standardize);
    }

    /** Returns a copy that reads the features only. */
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

    /** Returns a copy with the given feature columns and no excluded columns. */
    public FileData withFeatures(List<String> columns) {
        return new FileData(format, paths, csv, columns, targets, weight, kind, inputs, outputs, badRows, standardize);
    }

    /** Returns a copy with another policy for bad rows. */
    public FileData withBadRows(BadRows policy) {
        return new FileData(
                format, paths, csv, features, excluded, targets, weight, kind, inputs, outputs, policy, standardize);
    }

    /**
     * How to decode bytes into lines and split lines into values.
     *
     * @param header whether the first line of each file names the columns; otherwise they are {@code _c0},
     *     {@code _c1}, …
     * @param separator character between two values
     * @param quote character around values that contain separators; doubled inside such a value, it stands for itself
     * @param escape character that makes the next character of a quoted value literal, or {@link #NO_ESCAPE}
     * @param multiLine whether a quoted value may contain line breaks
     * @param charset charset of the text; its line breaks are encoded as in ASCII
     */
    public record Csv(boolean header, char separator, char quote, char escape, boolean multiLine, TextCharset charset)
            implements Serializable {
        /** The value of {@code escape} if there is no escape character. */
        public static final char NO_ESCAPE = 0;

        /** Creates a UTF-8 format without an escape character, in which each line is a row. */
        public Csv(boolean header, char separator, char quote) {
            this(header, separator, quote, NO_ESCAPE, false, TextCharset.UTF_8);
        }
    }

    /** Returns the layout of a row of numbers. */
    public RowLayout layout() {
        return new RowLayout(inputs, kind, outputs);
    }
}
