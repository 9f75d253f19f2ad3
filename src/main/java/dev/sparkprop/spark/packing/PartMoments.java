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
 * Computes the moments of the examples in one part.
 *
 * @param survey the survey task of all examples
 * @param numbering the numbering that identifies the examples of the part
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
