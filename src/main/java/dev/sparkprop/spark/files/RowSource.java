package dev.sparkprop.spark.files;

import dev.sparkprop.data.RowLayout;
import dev.sparkprop.data.columns.ColumnRules.Unseen;
import dev.sparkprop.data.columns.Encodings;
import dev.sparkprop.data.columns.Feature;
import dev.sparkprop.data.tables.FileData;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * The rows of opened files.
 *
 * @param rows the rows of all files; their last two columns are the file and the start of the split in bytes
 * @param parser the parser that converts a row to an example
 * @param features the features as they are read
 * @param featureColumns the names of the columns that contain the features; empty if columns have no names
 * @param kept the cells that are written along with a prediction
 * @param version what identifies the version of a table that is read, such as {@code delta version 3}, if it has any
 * @param notes notes for the user, one per line
 */
public record RowSource(
        JavaRDD<Row> rows,
        RowParser parser,
        List<Feature> features,
        List<String> featureColumns,
        KeptCells kept,
        Optional<String> version,
        List<String> notes) {
    /** Returns a copy whose parser also applies the policy for categories that were not among the training examples. */
    public RowSource checking(Encodings encodings, Unseen unseen) {
        return new RowSource(
                rows, new CheckedParser(parser, encodings, unseen), features, featureColumns, kept, version, notes);
    }

    /** Returns a copy with the same rows in another order. */
    public RowSource withRows(JavaRDD<Row> others) {
        return new RowSource(others, parser, features, featureColumns, kept, version, notes);
    }

    /** Returns the layout of a row as it is read. */
    public RowLayout layout(FileData files) {
        return new RowLayout(features.size(), files.kind(), files.outputs());
    }
}
