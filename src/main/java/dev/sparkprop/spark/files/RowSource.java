package dev.sparkprop.spark.files;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * The rows of opened files.
 *
 * @param rows the rows of all files; their last two columns are the file and the start of the split in bytes
 * @param parser the parser that converts a row to an example
 * @param featureNames the names of the features, in the order of the network's inputs
 * @param featureColumns the names of the columns that contain the features; empty if columns have no names
 * @param kept the cells that are written along with a prediction
 * @param notes notes for the user, one per line
 */
public record RowSource(
        JavaRDD<Row> rows,
        RowParser parser,
        List<String> featureNames,
        List<String> featureColumns,
        KeptCells kept,
        List<String> notes) {}
