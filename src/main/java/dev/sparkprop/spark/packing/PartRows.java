package dev.sparkprop.spark.packing;

import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.RowCursor;
import dev.sparkprop.spark.files.RowParser;
import dev.sparkprop.spark.files.Split;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.Row;

/**
 * The examples of one part, selected from all rows of a Spark partition.
 *
 * @param parser the parser of the rows
 * @param values the number of values per row
 * @param numbering the numbering of the examples; examples of the other part are skipped
 */
record PartRows(RowParser parser, int values, Numbering numbering) implements Serializable {
    /** Returns a cursor over the examples among some rows. */
    Cursor of(Iterator<Row> rows) {
        return new Cursor(new RowCursor(rows, parser, values));
    }

    /** Iterates over the examples. */
    final class Cursor {
        private final RowCursor rows;
        private long number;

        private Cursor(RowCursor rows) {
            this.rows = rows;
        }

        /** Moves to the next example. Returns false if there is none. */
        boolean next() {
            while (rows.next()) {
                if (rows.row().isGood()) {
                    number = numbering.of(rows);
                    if (number >= 0) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** Returns the number of the example in its part. */
        long number() {
            return number;
        }

        FileRow row() {
            return rows.row();
        }

        Split split() {
            return rows.split();
        }
    }
}
