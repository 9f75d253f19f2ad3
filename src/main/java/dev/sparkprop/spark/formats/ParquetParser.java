package dev.sparkprop.spark.formats;

import dev.sparkprop.spark.files.Columns;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.RowParser;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** Parses rows that contain features, in one or more columns, followed by targets and the weight. */
final class ParquetParser implements RowParser {
    private static final long serialVersionUID = 1;

    private final Columns columns;
    /** The number of features in each feature column. */
    private final List<Integer> widths;

    /**
     * Creates a parser for rows whose cells are selected in the order of {@code columns}: features, targets, weight.
     */
    ParquetParser(Columns columns, List<Integer> widths) {
        this.columns = columns;
        this.widths = widths;
    }

    @Override
    public String rowName() {
        return "row";
    }

    @Override
    public boolean parse(Row input, boolean firstOfFile, FileRow into) {
        int next = 0;
        int cell = 0;
        for (; cell < columns.features().size() && into.isGood(); cell++) {
            next = takeFeatures(input.get(cell), cell, next, into);
        }
        for (int target : columns.targets()) {
            if (!into.isGood()) {
                return true;
            }
            Object value = input.get(cell++);
            if (columns.kind().labels()) {
                into.label(columns.names().get(target), String.valueOf(value));
            } else {
                take(target, next++, value, columns.kind().allows(number(value)), "must be from 0 to 1", into);
            }
        }
        if (columns.weight() >= 0 && into.isGood()) {
            Object value = input.get(cell);
            columns.weight(number(value), text(value), into);
        }
        return true;
    }

    private int takeFeatures(Object value, int cell, int into, FileRow row) {
        int column = columns.features().get(cell);
        int width = widths.get(cell);
        if (value instanceof Vector vector) {
            return takeAll(vector.size(), i -> vector.apply(i), column, width, into, row);
        } else if (value instanceof scala.collection.Seq<?> list) {
            return takeAll(list.size(), i -> list.apply(i), column, width, into, row);
        }
        take(column, into, value, true, "", row);
        return into + 1;
    }

    private interface Elements {
        Object at(int index);
    }

    private int takeAll(int size, Elements elements, int column, int width, int into, FileRow row) {
        if (size != width) {
            row.invalidCell(columns.names().get(column), size + " numbers", "must be " + width);
            return into;
        }
        for (int i = 0; i < width && row.isGood(); i++) {
            take(column, into + i, elements.at(i), true, "", row);
        }
        return into + width;
    }

    private void take(int column, int into, Object value, boolean allowed, String range, FileRow row) {
        double number = number(value);
        if (!FileRow.usable(number)) {
            row.invalidCell(columns.names().get(column), text(value), "must be a finite number");
        } else if (!allowed) {
            row.invalidCell(columns.names().get(column), text(value), range);
        } else {
            row.values()[into] = number;
        }
    }

    private static String text(Object value) {
        return value == null ? "null" : value.toString();
    }

    private static double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return value instanceof Boolean flag ? (flag ? 1 : 0) : Double.NaN;
    }
}
