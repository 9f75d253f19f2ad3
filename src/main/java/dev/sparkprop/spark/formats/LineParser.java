package dev.sparkprop.spark.formats;

import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.RowParser;
import org.apache.spark.sql.Row;

/** Converts lines of text, or the bad lines that {@link TextRows} returns instead, to examples. */
interface LineParser extends RowParser {
    /** Parses one line. See {@link RowParser#parse} for the result. */
    boolean parseLine(String line, boolean firstOfFile, FileRow into);

    @Override
    default boolean parse(Row input, boolean firstOfFile, FileRow into) {
        if (input.get(0) instanceof BadLine bad) {
            if (bad.unreadable()) {
                into.failFile(bad.problem());
            } else {
                into.fail(bad.problem());
            }
            return true;
        }
        return parseLine(input.getString(0), firstOfFile, into);
    }

    @Override
    default String rowName() {
        return "line";
    }
}
