package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.Tile;
import dev.sparkprop.data.columns.ColumnStatistics.Needs;
import dev.sparkprop.spark.files.CategoryNames;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.Place;
import dev.sparkprop.spark.files.RowCursor;
import dev.sparkprop.spark.files.RowParser;
import dev.sparkprop.spark.files.Split;
import dev.sparkprop.spark.files.Survey;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Row;

/**
 * The rows of a Spark partition with a network's outputs for them, computed tile by tile. The rows include bad rows,
 * and rows for which an output of the network is not finite.
 */
final class ScoredRows implements Iterator<ScoredRows.Scored> {
    private static final String OVERFLOW = "the outputs of the network are not finite: the features are too large";

    private final RowCursor cursor;
    private final Consumer<FileRow> check;
    private final TileScorer scorer;
    private final Survey survey;
    private final Scored[] scored = new Scored[Tile.EXAMPLES];
    private int filled;
    private int returned;

    /** One row. The object is reused, so it is valid only until the next call of {@link #hasNext} or {@link #next}. */
    static final class Scored {
        final FileRow read;
        Row input;
        Split split;
        /** The pre-activations of the outputs; undefined for a bad row. */
        double[] z;

        private Place place;
        private RowCursor.Count count;
        private boolean counted;
        private int lane;

        private Scored(int values, CategoryNames names) {
            read = new FileRow(values, names);
        }

        boolean isGood() {
            return read.isGood();
        }
    }

    /**
     * Creates an iterator over rows.
     *
     * @param check an additional check that may mark a parsed row as bad
     */
    ScoredRows(ScoringNet net, RowParser parser, Iterator<Row> rows, Consumer<FileRow> check) {
        this.cursor = new RowCursor(rows, parser, net.readValues());
        this.check = check;
        this.scorer = new TileScorer(net);
        Needs needs = Needs.weightsOnly(net.encodings().readFeatures());
        this.survey = new Survey(
                new Survey.Task(parser, net.readValues(), needs, net.classes().size()));
        CategoryNames names = new CategoryNames();
        for (int i = 0; i < scored.length; i++) {
            scored[i] = new Scored(net.readValues(), names);
        }
    }

    @Override
    public boolean hasNext() {
        if (returned == filled) {
            computeNext();
        }
        return returned < filled;
    }

    @Override
    public Scored next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return scored[returned++];
    }

    /** Returns the survey of the rows. It is complete when there is no next row. */
    Survey survey() {
        return survey;
    }

    private void computeNext() {
        filled = 0;
        returned = 0;
        int lanes = 0;
        while (filled < scored.length && cursor.next(scored[filled].read)) {
            Scored row = scored[filled++];
            row.input = cursor.input();
            row.split = cursor.split();
            row.place = cursor.place();
            row.count = cursor.count();
            row.counted = row.isGood();
            check.accept(row.read);
            if (row.isGood()) {
                row.lane = lanes++;
                scorer.add(row.read);
            }
        }
        scorer.run();
        for (int i = 0; i < filled; i++) {
            finish(scored[i]);
        }
        survey.finish(cursor);
    }

    private void finish(Scored row) {
        if (row.isGood()) {
            row.z = scorer.z(row.lane);
            if (!DoubleStream.of(row.z).allMatch(Double::isFinite)) {
                row.read.fail(OVERFLOW);
            }
        }
        if (row.counted && !row.isGood()) {
            row.count.withdraw();
        }
        survey.record(row.read, () -> row.place);
    }
}
