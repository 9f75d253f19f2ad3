package dev.sparkprop.spark.files;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Makes examples of the rows that Spark reads. */
public interface RowParser extends Serializable {
    /**
     * Reads one row.
     *
     * @param firstOfFile whether no row of the same file is before it
     * @return whether it is an example, or should be one; otherwise it is nothing at all, such as an empty line
     */
    boolean parse(Row input, boolean firstOfFile, FileRow into);

    /** Lines of the file, or other rows of it, that a row is. */
    default int lines(Row input) {
        return 1;
    }

    /** What the files call a row. */
    String rowName();
}
