package dev.sparkprop.spark.packing;

import dev.sparkprop.data.Part;
import dev.sparkprop.spark.dataset.DataChangedException;
import dev.sparkprop.spark.files.FileSystems;
import dev.sparkprop.spark.files.RowCursor;
import dev.sparkprop.spark.files.Split;
import dev.sparkprop.spark.files.Survey;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The number of each example in one part of those in files: by where its split begins, which is after all those before it in the same
 * file, and all files before that one.
 */
record Numbering(Broadcast<Map<Split, Run>> splits, Part part) implements Serializable {

    /**
     * The examples of one split.
     *
     * @param first number of the first of them among all
     * @param examples in the split
     */
    record Run(long first, long examples) implements Serializable {}

    /** Numbers of what a survey has counted. */
    static Numbering of(JavaSparkContext context, Survey survey, Part part) {
        Map<Split, Run> splits = new HashMap<>();
        long first = 0;
        for (Map.Entry<Split, RowCursor.Count> split : survey.counts().entrySet()) {
            splits.put(split.getKey(), new Run(first, split.getValue().examples()));
            first += split.getValue().examples();
        }
        return new Numbering(context.broadcast(splits), part);
    }

    /**
     * Number in the part of the example at which a cursor is; −1 if it is in the other part.
     *
     * @throws DataChangedException if it was not there when the examples were counted
     */
    long of(RowCursor cursor) {
        Run run = splits.value().get(cursor.split());
        long position = cursor.examplesOfSplit() - 1;
        if (run == null || position >= run.examples) {
            throw changed(cursor.split());
        }
        return part.index(run.first + position);
    }

    static DataChangedException changed(Split split) {
        return new DataChangedException("The data changed during the run: " + FileSystems.shown(split.file())
                + " is not what it was when it was first read");
    }
}
