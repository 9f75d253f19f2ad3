package dev.sparkprop.data.tables;

import dev.sparkprop.data.RowLayout;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.TextCharset;
import dev.sparkprop.data.columns.ColumnRules;
import dev.sparkprop.data.columns.Missing;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

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
 * @param inputs number of network inputs per example; empty if it follows from the files
 * @param outputs number of network outputs per example
 * @param badRows what to do with invalid rows
 * @param standardize whether features and numeric targets are standardized to mean 0 and deviation 1
 * @param columns how to read and encode the feature columns
 * @param table the table, if the format is {@code spark}
 * @param order the order of the rows
 * @param classWeights factors for the weights of training and validation examples, by class
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
        OptionalInt inputs,
        int outputs,
        BadRows badRows,
        boolean standardize,
        ColumnRules columns,
        Optional<SparkTable> table,
        RowOrder order,
        ClassWeights classWeights) {

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
        this(
                format,
                paths,
                csv,
                features,
                List.of(),
                targets,
                weight,
                kind,
                OptionalInt.of(inputs),
                outputs,
                badRows,
                standardize,
                ColumnRules.NONE,
                Optional.empty(),
                RowOrder.AUTO,
                ClassWeights.NONE);
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
        return copy(others, features, excluded, inputs, badRows, columns, table);
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
                standardize,
                columns,
                table,
                order,
                ClassWeights.NONE);
    }

    /** Returns a copy with the given feature columns and no excluded columns. */
    public FileData withFeatures(List<String> names) {
        return copy(paths, names, List.of(), inputs, badRows, columns, table);
    }

    /** Returns a copy that reads a table of Spark. */
    public FileData withTable(SparkTable source) {
        return copy(paths, features, excluded, inputs, badRows, columns, Optional.of(source));
    }

    /** Returns a copy with the given number of network inputs. */
    public FileData withInputs(int number) {
        return copy(paths, features, excluded, OptionalInt.of(number), badRows, columns, table);
    }

    /** Returns a copy with another policy for bad rows. */
    public FileData withBadRows(BadRows policy) {
        return copy(paths, features, excluded, inputs, policy, columns, table);
    }

    /** Returns a copy that reads and encodes the feature columns by other rules. */
    public FileData withColumns(ColumnRules rules) {
        return copy(paths, features, excluded, inputs, badRows, rules, table);
    }

    private FileData copy(
            List<String> newPaths,
            List<String> newFeatures,
            List<String> newExcluded,
            OptionalInt newInputs,
            BadRows newBadRows,
            ColumnRules newColumns,
            Optional<SparkTable> newTable) {
        return new FileData(
                format,
                newPaths,
                csv,
                newFeatures,
                newExcluded,
                targets,
                weight,
                kind,
                newInputs,
                outputs,
                newBadRows,
                standardize,
                newColumns,
                newTable,
                order,
                classWeights);
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

    /** Returns what messages call these data: the paths, or else the table, query or format. */
    public String place() {
        return paths.isEmpty() && table.isPresent()
                ? Stream.of(
                                table.get().table(),
                                table.get().query(),
                                table.get().format())
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse("")
                : String.join(", ", paths);
    }

    /** Returns true if rows without a target are skipped; otherwise they are bad rows. */
    public boolean skipsMissingTargets() {
        return targets.stream().anyMatch(target -> columns.of(target).missing() == Missing.SKIP);
    }

    /**
     * Returns the layout of an encoded row.
     *
     * @throws java.util.NoSuchElementException if the number of inputs is unknown
     */
    public RowLayout layout() {
        return new RowLayout(inputs.orElseThrow(), kind, outputs);
    }
}
