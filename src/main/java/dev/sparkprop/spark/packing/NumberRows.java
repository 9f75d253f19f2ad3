package dev.sparkprop.spark.packing;

import dev.sparkprop.data.RowLayout;
import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.columns.Encodings;
import dev.sparkprop.spark.files.FileRow;
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
 * Numbers and encodes the examples of a Spark partition and cuts them into chunks. Each chunk lies within one shard and is keyed
 * by the number of its first example.
 *
 * @param examples the examples
 * @param encodings the encodings of the features
 * @param layout the layout of an encoded row
 * @param classes the names of the classes, in order; empty if targets are numbers
 * @param classWeights the factor for the weights of examples of each class
 * @param standardization the standardization of the first encoded columns
 * @param shardExamples the number of examples per shard
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
record NumberRows(
        PartRows examples,
        Encodings encodings,
        RowLayout layout,
        List<String> classes,
        double[] classWeights,
        Standardization standardization,
        int shardExamples)
        implements PairFlatMapFunction<Iterator<Row>, Long, RowChunk> {

    /** The number of examples per tile. It spreads Spark's overhead per shuffled record over many examples. */
    private static final int MAX_CHUNK_EXAMPLES = 256;

    /** Chunks of wide rows contain fewer examples, to stay within 256 KiB where possible. */
    private static final int MAX_CHUNK_VALUES = 1 << 16;

    @Override
    public Iterator<Tuple2<Long, RowChunk>> call(Iterator<Row> rows) {
        return new Chunks(examples.of(rows));
    }

    private final class Chunks implements Iterator<Tuple2<Long, RowChunk>> {
        private final PartRows.Cursor cursor;
        private final Map<String, Integer> classNumbers = Label.numbers(classes);
        private final int capacity = Math.max(1, Math.min(MAX_CHUNK_EXAMPLES, MAX_CHUNK_VALUES / layout.packedWidth()));
        private float[] chunk = new float[capacity * layout.packedWidth()];
        private final double[] encoded = new double[layout.values()];
        private boolean pending;
        private Tuple2<Long, RowChunk> ready;

        Chunks(PartRows.Cursor cursor) {
            this.cursor = cursor;
            pending = cursor.next();
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
            long first = cursor.number();
            int gathered = 0;
            do {
                write(cursor.row(), gathered++ * layout.packedWidth());
                pending = cursor.next();
            } while (pending
                    && gathered < capacity
                    && cursor.number() == first + gathered
                    && cursor.number() / shardExamples == first / shardExamples);
            float[] values = Arrays.copyOf(chunk, gathered * layout.packedWidth());
            return new Tuple2<>(first, new RowChunk(gathered, values));
        }

        private void write(FileRow row, int at) {
            encodings.encode(row.values(), row.categories(), encoded);
            int read = encodings.readFeatures();
            System.arraycopy(row.values(), read, encoded, layout.features(), layout.values() - layout.features());
            for (int i = 0; i < encoded.length; i++) {
                chunk[at + i] = (float) standardization.apply(i, encoded[i]);
            }
            int next = at + layout.values();
            double weight = row.weight();
            if (!classes.isEmpty()) {
                Integer known = classNumbers.get(row.label());
                if (known == null) {
                    throw Numbering.changed(cursor.split());
                }
                chunk[next++] = known;
                weight *= classWeights[known];
            }
            chunk[next] = (float) weight;
        }
    }
}
