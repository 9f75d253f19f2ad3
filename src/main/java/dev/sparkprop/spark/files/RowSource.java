package dev.sparkprop.spark.files;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * The rows of opened files.
 *
 * @param rows of all files; their last two columns are their file and the byte at which their split begins
 * @param parser reads an example from a row
 * @param featureNames in the order of the net's inputs
 * @param featureColumns that hold the features; none if columns have no names
 * @param kept cells that are written again beside a prediction
 * @param notes for the user, a line each
 */
public record RowSource(
        JavaRDD<Row> rows,
        RowParser parser,
        List<String> featureNames,
        List<String> featureColumns,
        KeptCells kept,
        List<String> notes) {}
