package dev.sparkprop.spark.files;

import dev.sparkprop.data.columns.ColumnRules.Unseen;
import dev.sparkprop.data.columns.Encodings;
import org.apache.spark.sql.Row;

/**
 * Parses rows like another parser, and then applies the policy for categories that were not among the training
 * examples.
 */
record CheckedParser(RowParser parser, Encodings encodings, Unseen unseen) implements RowParser {
    @Override
    public boolean parse(Row input, boolean firstOfFile, FileRow into) {
        boolean example = parser.parse(input, firstOfFile, into);
        into.checkCategories(encodings, unseen);
        return example;
    }

    @Override
    public int lines(Row input) {
        return parser.lines(input);
    }

    @Override
    public String rowName() {
        return parser.rowName();
    }
}
