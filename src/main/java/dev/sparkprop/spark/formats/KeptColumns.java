package dev.sparkprop.spark.formats;

import dev.sparkprop.spark.files.KeptCells;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Columns of a table as they are.
 *
 * @param schema of the columns
 * @param from position of the first of them in a row
 */
record KeptColumns(StructType schema, int from) implements KeptCells {
    @Override
    public Object[] cells(Row row) {
        return IntStream.range(from, from + schema.size()).mapToObj(row::get).toArray();
    }
}
