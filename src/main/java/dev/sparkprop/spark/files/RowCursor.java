package dev.sparkprop.spark.files;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * Goes through the rows of a Spark partition, which are those of one split of a file after the other, and knows where it is. The
 * last two columns of a row are its file and the byte at which its split begins.
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

    /** Rows or lines of a split that were read, and how many of them are examples. */
    public static final class Count implements Serializable {
        private static final long serialVersionUID = 1;

        private long rows;
        private long examples;

        /** Rows or lines that were read. */
        public long rows() {
            return rows;
        }

        /** Rows that are examples. */
        public long examples() {
            return examples;
        }

        /** Takes an example back, which turned out to be bad. */
        public void withdraw() {
            examples--;
        }
    }

    public RowCursor(Iterator<Row> rows, RowParser parser, int values) {
        this.rows = rows;
        this.parser = parser;
        this.own = new FileRow(values);
    }

    /** Moves to the next row that is an example or should be one. */
    public boolean next() {
        return next(own);
    }

    /** The same, into another row. */
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
            count = counts.computeIfAbsent(split, any -> new Count());
        }
    }

    /** The row at which it is. */
    public FileRow row() {
        return row;
    }

    /** That row as Spark read it. */
    public Row input() {
        return input;
    }

    /** Where that row is. */
    public Place place() {
        return new Place(split, position);
    }

    public Split split() {
        return split;
    }

    /** What was read of this split until here. */
    public Count count() {
        return count;
    }

    /** Examples of this split until here, this row included if it is one. */
    public long examplesOfSplit() {
        return count.examples;
    }

    /** What was read so far. */
    public Map<Split, Count> counts() {
        return counts;
    }
}
