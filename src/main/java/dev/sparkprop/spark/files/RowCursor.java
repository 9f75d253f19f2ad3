package dev.sparkprop.spark.files;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * Iterates over the rows of a Spark partition and tracks the position. The partition contains the rows of one or more
 * file splits, one split after another. The last two columns of a row are its file and the start of its split in
 * bytes.
 */
public final class RowCursor {
    private final Iterator<Row> rows;
    private final RowParser parser;
    private final FileRow own;
    private FileRow row;
    private final Map<Split, Count> counts = new TreeMap<>();
    private Row input;
    private Split split = new Split("", -1);
    private Count count;
    private long position;

    /** The number of rows or lines read from a split, and the number of examples among them. */
    public static final class Count implements Serializable {
        private static final long serialVersionUID = 1;

        private long rows;
        private long examples;

        /** Returns the number of rows or lines read. */
        public long rows() {
            return rows;
        }

        /** Returns the number of examples. */
        public long examples() {
            return examples;
        }

        /** Subtracts an example that turned out to be invalid. */
        public void withdraw() {
            examples--;
        }
    }

    public RowCursor(Iterator<Row> rows, RowParser parser, int values) {
        this.rows = rows;
        this.parser = parser;
        this.own = new FileRow(values);
    }

    /** Moves to the next valid or invalid example. */
    public boolean next() {
        return next(own);
    }

    /** Moves to the next valid or invalid example and stores it in the given row. */
    public boolean next(FileRow into) {
        row = into;
        while (rows.hasNext()) {
            input = rows.next();
            locate();
            row.clear();
            boolean first = split.start() == 0 && count.rows == 0;
            position = count.rows;
            count.rows += parser.lines(input);
            if (parser.parse(input, first, row)) {
                count.examples += row.isGood() ? 1 : 0;
                return true;
            }
        }
        return false;
    }

    private void locate() {
        long start = input.getLong(input.length() - 1);
        String file = input.getString(input.length() - 2);
        if (start != split.start() || !file.equals(split.file())) {
            split = new Split(file, start);
            count = counts.computeIfAbsent(split, key -> new Count());
        }
    }

    /** Returns the current row. */
    public FileRow row() {
        return row;
    }

    /** Returns the current row as read by Spark. */
    public Row input() {
        return input;
    }

    /** Returns the place of the current row. */
    public Place place() {
        return new Place(split, position);
    }

    public Split split() {
        return split;
    }

    /** Returns the counts of the current split so far. */
    public Count count() {
        return count;
    }

    /** Returns the number of examples of the current split so far, including the current row if it is an example. */
    public long examplesOfSplit() {
        return count.examples;
    }

    /** Returns the counts of all splits so far. */
    public Map<Split, Count> counts() {
        return counts;
    }
}
