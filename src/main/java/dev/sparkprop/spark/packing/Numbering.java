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
 * Numbers the examples in one part of the files' examples. A split's first number is the number of examples in all
 * earlier files and in the earlier splits of its own file.
 */
record Numbering(Broadcast<Map<Split, Run>> splits, Part part) implements Serializable {

    /**
     * The examples of one split.
     *
     * @param first the number of the split's first example among all examples
     * @param examples the number of examples in the split
     */
    record Run(long first, long examples) implements Serializable {}

    /** Creates a numbering from the counts of a survey. */
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
     * Returns the number, within the part, of a cursor's current example, or −1 if the example is in the other part.
     *
     * @throws DataChangedException if the example did not exist when the examples were counted
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
                + " differs from when it was first read");
    }
}
