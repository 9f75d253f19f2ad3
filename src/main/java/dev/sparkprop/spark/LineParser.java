package dev.sparkprop.spark;

import org.apache.spark.sql.Row;

/** Makes examples of lines of text, or of what {@link TextRows} gives in their place. */
interface LineParser extends RowParser {
    /** Reads one line. */
    boolean parseLine(String line, boolean firstOfFile, FileRow into);

    @Override
    default boolean parse(Row input, boolean firstOfFile, FileRow into) {
        if (input.get(0) instanceof BadLine bad) {
            into.problem = bad.problem();
            into.unreadable = bad.unreadable();
            return true;
        }
        return parseLine(input.getString(0), firstOfFile, into);
    }

    @Override
    default String rowName() {
        return "line";
    }
}
