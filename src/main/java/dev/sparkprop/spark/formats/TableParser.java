package dev.sparkprop.spark.formats;

import dev.sparkprop.spark.files.CellReader;
import dev.sparkprop.spark.files.Columns;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.RowParser;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** Parses rows that contain features, in one or more columns, followed by targets and the weight. */
final class TableParser implements RowParser {
    private static final long serialVersionUID = 1;

    private final Columns columns;
    /** The number of features in each feature column. */
    private final List<Integer> widths;

    private final CellReader cells;

    /**
     * Creates a parser for rows whose cells are selected in the order of {@code columns}: features, targets, weight.
     */
    TableParser(Columns columns, List<Integer> widths, CellReader cells) {
        this.columns = columns;
        this.widths = widths;
        this.cells = cells;
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
                columns.label(target, String.valueOf(value), cells, into);
            } else {
                columns.target(target, next++, CellReader.number(value), String.valueOf(value), cells, into);
            }
        }
        if (columns.weight() >= 0 && into.isGood()) {
            Object value = input.get(cell);
            columns.weight(CellReader.number(value), String.valueOf(value), into);
        }
        cells.finish(into);
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
        cells.cell(into, value, row);
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
            cells.cell(into + i, elements.at(i), row);
        }
        return into + width;
    }
}
