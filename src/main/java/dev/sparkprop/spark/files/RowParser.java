package dev.sparkprop.spark.files;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Converts rows read by Spark to examples. */
public interface RowParser extends Serializable {
    /**
     * Parses one row.
     *
     * @param firstOfFile whether this is the first row of its file
     * @return true if the row contains an example, valid or not; false if it is to be ignored, such as an empty line
     */
    boolean parse(Row input, boolean firstOfFile, FileRow into);

    /** Returns the number of lines or rows of the file that the input spans. */
    default int lines(Row input) {
        return 1;
    }

    /** Returns the word for a row of these files in messages: {@code line} or {@code row}. */
    String rowName();
}
