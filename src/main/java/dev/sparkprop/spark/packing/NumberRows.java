package dev.sparkprop.spark.packing;

import dev.sparkprop.data.RowLayout;
import dev.sparkprop.data.Standardization;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.RowCursor;
import dev.sparkprop.spark.files.RowParser;
import dev.sparkprop.text.Label;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Gives each example of a Spark partition its number and cuts them into chunks that lie in one shard each, under the number of
 * their first example.
 *
 * @param parser of rows
 * @param layout of a row
 * @param classes names of the classes, in their order; none if targets are numbers
 * @param standardization of the first columns
 * @param shardExamples examples in each shard
 * @param numbering of the examples; those of another part are left out
 */
record NumberRows(
        RowParser parser,
        RowLayout layout,
        List<String> classes,
        Standardization standardization,
        int shardExamples,
        Numbering numbering)
        implements PairFlatMapFunction<Iterator<Row>, Long, RowChunk> {

    /** As many as a tile has: Spark's time for each record that it shuffles is then spread over them. */
    private static final int MAX_CHUNK_EXAMPLES = 256;

    /** Of wide rows a chunk has fewer: 256 KiB at most. */
    private static final int MAX_CHUNK_VALUES = 1 << 16;

    @Override
    public Iterator<Tuple2<Long, RowChunk>> call(Iterator<Row> rows) {
        return new Chunks(new RowCursor(rows, parser, layout.values()));
    }

    private final class Chunks implements Iterator<Tuple2<Long, RowChunk>> {
        private final RowCursor cursor;
        private final Map<String, Integer> classNumbers = Label.numbers(classes);
        private final int capacity = Math.max(1, Math.min(MAX_CHUNK_EXAMPLES, MAX_CHUNK_VALUES / layout.packedWidth()));
        private float[] chunk = new float[capacity * layout.packedWidth()];
        private boolean waiting;
        private long number;
        private Tuple2<Long, RowChunk> ready;

        Chunks(RowCursor cursor) {
            this.cursor = cursor;
            waiting = advance();
        }

        @Override
        public boolean hasNext() {
            if (ready == null && waiting) {
                ready = gather();
            }
            return ready != null;
        }

        @Override
        public Tuple2<Long, RowChunk> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Tuple2<Long, RowChunk> next = ready;
            ready = null;
            return next;
        }

        /** All that follow the waiting example without a gap, in its shard. */
        private Tuple2<Long, RowChunk> gather() {
            long first = number;
            int examples = 0;
            do {
                write(cursor.row(), examples++ * layout.packedWidth());
                waiting = advance();
            } while (waiting
                    && examples < capacity
                    && number == first + examples
                    && number / shardExamples == first / shardExamples);
            float[] values = Arrays.copyOf(chunk, examples * layout.packedWidth());
            return new Tuple2<>(first, new RowChunk(examples, values));
        }

        private boolean advance() {
            while (cursor.next()) {
                if (cursor.row().isGood()) {
                    number = numbering.of(cursor);
                    if (number >= 0) {
                        return true;
                    }
                }
            }
            return false;
        }

        private void write(FileRow row, int at) {
            for (int i = 0; i < layout.values(); i++) {
                chunk[at + i] = (float) standardization.apply(i, row.values()[i]);
            }
            int next = at + layout.values();
            if (!classes.isEmpty()) {
                Integer known = classNumbers.get(row.label());
                if (known == null) {
                    throw Numbering.changed(cursor.split());
                }
                chunk[next++] = known;
            }
            chunk[next] = (float) row.weight();
        }
    }
}
