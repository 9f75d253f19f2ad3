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
 * Numbers the examples of a Spark partition and cuts them into chunks. Each chunk lies within one shard and is keyed
 * by the number of its first example.
 *
 * @param parser the parser of the rows
 * @param layout the layout of a row
 * @param classes the names of the classes, in order; empty if targets are numbers
 * @param standardization the standardization of the first columns
 * @param shardExamples the number of examples per shard
 * @param numbering the numbering of the examples; examples of the other part are skipped
 */
record NumberRows(
        RowParser parser,
        RowLayout layout,
        List<String> classes,
        Standardization standardization,
        int shardExamples,
        Numbering numbering)
        implements PairFlatMapFunction<Iterator<Row>, Long, RowChunk> {

    /** The number of examples per tile. It spreads Spark's overhead per shuffled record over many examples. */
    private static final int MAX_CHUNK_EXAMPLES = 256;

    /** Chunks of wide rows contain fewer examples, to stay within 256 KiB where possible. */
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
        private boolean pending;
        private long number;
        private Tuple2<Long, RowChunk> ready;

        Chunks(RowCursor cursor) {
            this.cursor = cursor;
            pending = advance();
        }

        @Override
        public boolean hasNext() {
            if (ready == null && pending) {
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

        /** Collects the pending example and those that follow it in the same shard without a gap. */
        private Tuple2<Long, RowChunk> gather() {
            long first = number;
            int examples = 0;
            do {
                write(cursor.row(), examples++ * layout.packedWidth());
                pending = advance();
            } while (pending
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
