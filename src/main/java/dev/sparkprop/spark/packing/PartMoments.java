package dev.sparkprop.spark.packing;

import dev.sparkprop.data.Moments;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.RowCursor;
import dev.sparkprop.spark.files.Survey;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Moments of the examples of one part.
 *
 * @param survey that was made of all of them
 * @param numbering that tells which are in the part
 */
record PartMoments(Survey.Task survey, Numbering numbering) implements FlatMapFunction<Iterator<Row>, Moments> {
    @Override
    public Iterator<Moments> call(Iterator<Row> rows) {
        Moments moments = new Moments(survey.columns());
        RowCursor cursor = new RowCursor(rows, survey.parser(), survey.values());
        while (cursor.next()) {
            FileRow row = cursor.row();
            if (row.isGood() && numbering.of(cursor) >= 0) {
                moments.add(row.values(), row.weight());
            }
        }
        return List.of(moments).iterator();
    }
}
