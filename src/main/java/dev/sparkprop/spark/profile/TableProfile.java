package dev.sparkprop.spark.profile;

import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.columns.ColumnProfile;
import dev.sparkprop.data.columns.ColumnRule;
import dev.sparkprop.data.columns.ColumnRules;
import dev.sparkprop.data.columns.ColumnRules.Unseen;
import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.columns.Missing;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.ClassWeights;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileData.Csv;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.data.tables.RowOrder;
import dev.sparkprop.spark.files.KeptCells;
import dev.sparkprop.spark.files.ReadFailures;
import dev.sparkprop.spark.files.RowCursor;
import dev.sparkprop.spark.files.RowParser;
import dev.sparkprop.spark.files.RowSource;
import dev.sparkprop.spark.files.Sessions;
import dev.sparkprop.spark.formats.FileFormats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * A summary of all columns of a table in files.
 *
 * @param rows the number of rows, without bad ones
 * @param badRows the number of rows that are not rows of this table, for example because they have more values
 * @param names the names of the columns, in the order of the files
 * @param columns the profiles of the columns
 */
public record TableProfile(long rows, long badRows, List<String> names, List<ColumnProfile> columns) {
    /** Reads categories only, so that any text is valid. */
    private static final ColumnRules ANY_TEXT = new ColumnRules(
            ColumnRule.PLAIN.withType(ColumnType.CATEGORY).withMissing(Missing.ZERO),
            Map.of(),
            List.of("", "null"),
            Unseen.OTHER);

    /**
     * Summarizes the files at some paths, in one pass over them.
     *
     * @throws java.nio.file.NoSuchFileException if a path matches no file
     * @throws dev.sparkprop.spark.files.BadDataException if the files cannot be read as a table
     */
    public static TableProfile of(JavaSparkContext context, FileFormat format, Csv csv, List<String> paths)
            throws IOException {
        FileData files = new FileData(
                format,
                paths,
                csv,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                TargetKind.NUMBERS,
                OptionalInt.empty(),
                0,
                BadRows.SKIP,
                false,
                ANY_TEXT,
                Optional.empty(),
                RowOrder.AUTO,
                ClassWeights.NONE);
        return ReadFailures.translating(files, () -> {
            RowSource source = FileFormats.openWhole(Sessions.of(context), files);
            Part all = source.rows()
                    .mapPartitions(new Task(source.parser(), source.features().size(), source.kept()))
                    .treeReduce(Part::add);
            if (all.rows == 0) {
                throw ReadFailures.noExamples(files);
            }
            return new TableProfile(
                    all.rows, all.badRows, List.of(source.kept().schema().fieldNames()), List.copyOf(all.columns));
        });
    }

    /** The profiles of one Spark partition. */
    private static final class Part implements java.io.Serializable {
        private static final long serialVersionUID = 1;

        private final List<ColumnProfile> columns = new ArrayList<>();
        private long rows;
        private long badRows;

        Part(int columns) {
            for (int i = 0; i < columns; i++) {
                this.columns.add(new ColumnProfile());
            }
        }

        Part add(Part other) {
            rows += other.rows;
            badRows += other.badRows;
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).add(other.columns.get(i));
            }
            return this;
        }
    }

    /** Summarizes one Spark partition. */
    private record Task(RowParser parser, int values, KeptCells kept) implements FlatMapFunction<Iterator<Row>, Part> {
        @Override
        public Iterator<Part> call(Iterator<Row> rows) {
            Part part = new Part(kept.schema().size());
            RowCursor cursor = new RowCursor(rows, parser, values);
            while (cursor.next()) {
                if (!cursor.row().isGood()) {
                    part.badRows++;
                    continue;
                }
                part.rows++;
                Object[] cells = kept.cells(cursor.input());
                for (int i = 0; i < cells.length; i++) {
                    part.columns.get(i).add(cells[i]);
                }
            }
            return List.of(part).iterator();
        }
    }
}
