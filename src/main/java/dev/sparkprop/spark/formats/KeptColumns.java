package dev.sparkprop.spark.formats;

import dev.sparkprop.spark.files.KeptCells;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Keeps columns of a table unchanged.
 *
 * @param schema the schema of the columns
 * @param from the position of the first kept column in a row
 */
record KeptColumns(StructType schema, int from) implements KeptCells {
    @Override
    public Object[] cells(Row row) {
        return IntStream.range(from, from + schema.size()).mapToObj(row::get).toArray();
    }
}
