package dev.sparkprop.spark;

import dev.sparkprop.data.FileData;
import dev.sparkprop.data.FileFormat;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of files, with their file and split in the last two columns, and what makes examples of them.
 *
 * @param rows of all files
 * @param parser of a row
 * @param featureNames in the order of the net's inputs
 * @param featureColumns in which they are; none where columns have no names
 * @param kept what of a row goes out again
 * @param notes what the user should know, in lines
 */
record RowSource(
        JavaRDD<Row> rows,
        RowParser parser,
        List<String> featureNames,
        List<String> featureColumns,
        Kept kept,
        List<String> notes) {

    /**
     * What of a row goes out again beside predictions.
     *
     * @param schema of it
     * @param from first cell of it in a row
     * @param cut whether that is a line of separated values, and they are what goes out
     */
    record Kept(StructType schema, int from, boolean cut) implements Serializable {
        static Kept texts(List<String> names, boolean cut) {
            StructType schema = new StructType();
            for (String name : names) {
                schema = schema.add(name, DataTypes.StringType);
            }
            return new Kept(schema, 0, cut);
        }

        /** The cells of a row; of a bad one as far as it can be cut into them. */
        Object[] cells(Row row, FileData.Csv csv) {
            Object[] cells = new Object[schema.size()];
            if (row.get(0) instanceof BadLine) {
                return cells;
            } else if (cut) {
                List<String> values = CsvParser.values(row.getString(0), csv);
                for (int i = 0; i < Math.min(cells.length, values.size()); i++) {
                    cells[i] = values.get(i);
                }
                return cells;
            }
            return IntStream.range(from, from + cells.length).mapToObj(row::get).toArray();
        }
    }

    /** Opens files for what makes examples of them; reads no more of them than their columns. */
    static RowSource open(SparkSession session, FileData files) throws IOException {
        return open(session, files, false);
    }

    /** Opens files for all that is in them. */
    static RowSource openWhole(SparkSession session, FileData files) throws IOException {
        return open(session, files, true);
    }

    private static RowSource open(SparkSession session, FileData files, boolean whole) throws IOException {
        InputFiles input = InputFiles.of(files.paths(), session.sparkContext().hadoopConfiguration());
        if (input.files().isEmpty()) {
            throw FileExamples.noExamples(files);
        }
        return files.format() == FileFormat.PARQUET
                ? ParquetSource.open(session, files, input, whole)
                : TextSource.open(session, files, input);
    }
}
