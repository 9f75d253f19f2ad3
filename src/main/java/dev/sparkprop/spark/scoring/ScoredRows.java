package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.Tile;
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
 * Rows of a Spark partition with what a net says of them, one tile after the other. Bad rows are among them, and so are those of
 * which the net says nothing, because its outputs are not finite numbers.
 */
final class ScoredRows implements Iterator<ScoredRows.Scored> {
    private static final String OVERFLOW =
            "The outputs of the net are not finite numbers: the features are too large for it";

    private final RowCursor cursor;
    private final Consumer<FileRow> check;
    private final TileScorer scorer;
    private final Survey survey;
    private final Scored[] scored = new Scored[Tile.EXAMPLES];
    private int filled;
    private int given;

    /** One row. It is filled again for another one after the next 255. */
    static final class Scored {
        final FileRow read;
        Row input;
        Split split;
        /** Pre-activations of the outputs; meaningless for a bad row. */
        double[] z;

        private Place place;
        private RowCursor.Count count;
        private boolean counted;
        private int lane;

        private Scored(int values) {
            read = new FileRow(values);
        }

        boolean isGood() {
            return read.isGood();
        }
    }

    /** With a check that may find more wrong with a row than its parser. */
    ScoredRows(ScoringNet net, RowParser parser, Iterator<Row> rows, Consumer<FileRow> check) {
        this.cursor = new RowCursor(rows, parser, net.layout().values());
        this.check = check;
        this.scorer = new TileScorer(net);
        this.survey = new Survey(
                new Survey.Task(parser, net.layout().values(), 0, net.classes().size()));
        for (int i = 0; i < scored.length; i++) {
            scored[i] = new Scored(net.layout().values());
        }
    }

    @Override
    public boolean hasNext() {
        if (given == filled) {
            computeNext();
        }
        return given < filled;
    }

    @Override
    public Scored next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return scored[given++];
    }

    /** How many rows there were and which of them are bad, once there is no next one. */
    Survey survey() {
        return survey;
    }

    private void computeNext() {
        filled = 0;
        given = 0;
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
                scorer.add(row.read.values());
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
        survey.note(row.read, () -> row.place);
    }
}
