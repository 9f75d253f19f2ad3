package dev.sparkprop.spark.packing;

import dev.sparkprop.data.columns.ColumnStatistics;
import dev.sparkprop.data.columns.ColumnStatistics.Needs;
import dev.sparkprop.spark.files.FileRow;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Computes the statistics of the examples in one part.
 *
 * @param rows the examples
 * @param needs the statistics to collect
 */
record PartStatistics(PartRows rows, Needs needs) implements FlatMapFunction<Iterator<Row>, ColumnStatistics> {
    @Override
    public Iterator<ColumnStatistics> call(Iterator<Row> input) {
        ColumnStatistics statistics = new ColumnStatistics(needs);
        PartRows.Cursor cursor = rows.of(input);
        while (cursor.next()) {
            FileRow row = cursor.row();
            statistics.add(row.values(), row.categories(), row.label(), row.weight());
        }
        return List.of(statistics).iterator();
    }
}
