package dev.sparkprop.spark.formats;

import dev.sparkprop.data.tables.FileData.Csv;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads text splits one after another.
 *
 * @param format the format of the text
 * @param hadoop the settings of the file systems
 */
record ReadText(Csv format, Broadcast<SerializableConfiguration> hadoop)
        implements FlatMapFunction<List<TextSplit>, Row> {

    @Override
    public Iterator<Row> call(List<TextSplit> splits) {
        return new Rows(splits.iterator());
    }

    private final class Rows implements Iterator<Row> {
        /** Number of rows between two updates of Spark's metrics, at which Spark may also end the task. */
        private static final int NOTIFIED = 1000;

        private final TaskContext task = TaskContext.get();
        private final Iterator<TextSplit> splits;
        private TextRows rows;
        private int unnoticed;

        Rows(Iterator<TextSplit> splits) {
            this.splits = splits;
            TaskCompletionListener closing = ended -> close();
            task.addTaskCompletionListener(closing);
        }

        @Override
        public boolean hasNext() {
            while (rows == null || !rows.hasNext()) {
                close();
                if (!splits.hasNext()) {
                    return false;
                }
                rows = new TextRows(splits.next(), format, hadoop.value().value());
            }
            return true;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (++unnoticed == NOTIFIED) {
                notifySpark();
                task.killTaskIfInterrupted();
            }
            return rows.next();
        }

        private void notifySpark() {
            task.taskMetrics().inputMetrics().incRecordsRead(unnoticed);
            unnoticed = 0;
        }

        private void close() {
            if (rows != null) {
                notifySpark();
                rows.close();
                rows = null;
            }
        }
    }
}
