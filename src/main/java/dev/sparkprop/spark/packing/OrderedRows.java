package dev.sparkprop.spark.packing;

import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.RowOrder;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.KeptCells;
import dev.sparkprop.spark.files.RowCursor;
import dev.sparkprop.spark.files.RowParser;
import dev.sparkprop.spark.files.RowSource;
import dev.sparkprop.text.Label;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;
import scala.Tuple2;

/** Sorts the examples of a source, so that their numbering does not depend on how they are stored. */
final class OrderedRows {
    /** The name of the file in the position of a sorted row. */
    private static final String SORTED = "sorted";

    private OrderedRows() {}

    /**
     * Returns a source with the sorted examples, without bad rows.
     *
     * @param source a source that keeps all columns, if rows are ordered by columns
     * @param values the number of values per row
     */
    static RowSource of(RowSource source, FileData files, int values) {
        RowOrder order = files.order();
        List<Integer> columns = order.columns().stream()
                .map(name -> column(name, source.kept(), files))
                .toList();
        JavaRDD<Row> sorted = source.rows()
                .mapPartitionsToPair(new Keys(source.parser(), values, source.kept(), columns))
                .sortByKey(new ByKey(), true)
                .mapPartitionsWithIndex(new Positions(order.kind() == RowOrder.Kind.COLUMNS, order.columns()), true);
        return source.withRows(sorted);
    }

    private static int column(String name, KeptCells kept, FileData files) {
        List<String> names = List.of(kept.schema().fieldNames());
        if (!names.contains(name)) {
            throw new BadDataException(files.place() + ": no column " + name + " (data.order-by; the columns are "
                    + String.join(", ", names) + ")");
        }
        return names.indexOf(name);
    }

    /**
     * The sort key of a row.
     *
     * @param cells the values of the columns to order by, as names of categories; empty to order by content
     * @param hash the hash of the content
     * @param content the values of the example
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by ByKey
    private record Key(List<String> cells, long hash, byte[] content) implements Serializable {}

    private record ByKey() implements Comparator<Key>, Serializable {
        @Override
        public int compare(Key a, Key b) {
            for (int i = 0; i < a.cells.size(); i++) {
                int byCell = Label.ORDER.compare(a.cells.get(i), b.cells.get(i));
                if (byCell != 0) {
                    return byCell;
                }
            }
            int byHash = Long.compare(a.hash, b.hash);
            return byHash != 0 ? byHash : Arrays.compareUnsigned(a.content, b.content);
        }
    }

    /** Computes the keys of one Spark partition. */
    private record Keys(RowParser parser, int values, KeptCells kept, List<Integer> columns)
            implements PairFlatMapFunction<Iterator<Row>, Key, Row> {
        @Override
        public Iterator<Tuple2<Key, Row>> call(Iterator<Row> rows) {
            RowCursor cursor = new RowCursor(rows, parser, values);
            return new Iterator<>() {
                private boolean ready;

                @Override
                public boolean hasNext() {
                    while (!ready && cursor.next()) {
                        ready = cursor.row().isGood();
                    }
                    return ready;
                }

                @Override
                public Tuple2<Key, Row> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    ready = false;
                    return new Tuple2<>(key(cursor), cursor.input());
                }
            };
        }

        private Key key(RowCursor cursor) {
            if (columns.isEmpty()) {
                byte[] content = content(cursor.row());
                return new Key(
                        List.of(),
                        XXH64.hashUnsafeBytes(content, Platform.BYTE_ARRAY_OFFSET, content.length, 42),
                        content);
            }
            Object[] cells = kept.cells(cursor.input());
            return new Key(
                    columns.stream()
                            .map(column -> Label.name(String.valueOf(cells[column])))
                            .toList(),
                    0,
                    new byte[0]);
        }

        private static byte[] content(FileRow row) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                for (int i = 0; i < row.values().length; i++) {
                    String category = row.categories()[i];
                    out.writeBoolean(category != null);
                    if (category != null) {
                        out.writeUTF(category);
                    } else {
                        // adding 0 turns −0 into 0
                        out.writeDouble(row.values()[i] + 0.0);
                    }
                }
                out.writeUTF(row.label() == null ? "" : row.label());
                out.writeDouble(row.weight());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot happen when writing to memory", e);
            }
            return bytes.toByteArray();
        }
    }

    /**
     * Replaces the position of each row by its partition.
     *
     * @param distinct whether keys must be different
     */
    private record Positions(boolean distinct, List<String> columns)
            implements Function2<Integer, Iterator<Tuple2<Key, Row>>, Iterator<Row>> {
        @Override
        public Iterator<Row> call(Integer partition, Iterator<Tuple2<Key, Row>> rows) {
            return new Iterator<>() {
                private Key last;

                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Row next() {
                    Tuple2<Key, Row> next = rows.next();
                    if (distinct && last != null && last.cells.equals(next._1().cells)) {
                        throw new BadDataException("Invalid data.order-by: " + String.join(", ", columns)
                                + " (two rows have the value " + String.join(", ", last.cells) + ")");
                    }
                    last = next._1();
                    Row row = next._2();
                    Object[] cells = new Object[row.length()];
                    for (int i = 0; i < cells.length - 2; i++) {
                        cells[i] = row.get(i);
                    }
                    cells[cells.length - 2] = SORTED;
                    // not 0, which would mark the first row of a file, such as a header
                    cells[cells.length - 1] = partition + 1L;
                    return RowFactory.create(cells);
                }
            };
        }
    }
}
