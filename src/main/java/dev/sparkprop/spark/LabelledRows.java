package dev.sparkprop.spark;

import dev.sparkprop.data.Label;
import dev.sparkprop.data.Tile;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Labelled rows of a Spark partition with what a net says of them, one tile after the other. */
final class LabelledRows implements Iterator<LabelledRows.Scored> {
    private static final int SHOWN_CLASSES = 10;

    private final ScoringNet net;
    private final RowCursor cursor;
    private final Survey survey;
    private final String target;
    private final Map<String, Integer> classes;
    private final TileScorer scorer;
    private final double[][] targets;
    private final double[] weights = new double[Tile.EXAMPLES];

    /** Rows of the tile at hand that were computed, and those of them that were given away. */
    private int computed;

    private int given;

    /**
     * One example. Its arrays are its own.
     *
     * @param z pre-activations of the outputs
     * @param targets the number of the class, or a number for each output as the file has it
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
    record Scored(double[] z, double[] targets, double weight) {}

    /** Rows in which a column of this name holds the label, if there are labels. */
    LabelledRows(ScoringNet net, RowParser parser, String target, Iterator<Row> rows) {
        this.net = net;
        this.target = target;
        this.cursor = new RowCursor(rows, parser, net.values());
        this.survey = new Survey(
                new Survey.Task(parser, net.values(), 0, net.classes().size()));
        this.classes = Label.numbers(net.classes());
        this.scorer = new TileScorer(net);
        this.targets =
                new double[Tile.EXAMPLES][net.kind().columns(net.topology().outputs())];
    }

    @Override
    public boolean hasNext() {
        if (given == computed) {
            computeNext();
        }
        return given < computed;
    }

    @Override
    public Scored next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int row = given++;
        return new Scored(scorer.z(row), targets[row].clone(), weights[row]);
    }

    /** How many rows there were and which of them are bad, once there is no next one. */
    Survey survey() {
        return survey;
    }

    private void computeNext() {
        boolean full = false;
        int rows = 0;
        while (!full && cursor.next()) {
            FileRow read = cursor.row();
            if (read.problem == null && read.label != null && !classes.containsKey(read.label)) {
                read.invalid(target, read.label, "must be " + known());
            }
            survey.note(cursor);
            if (read.problem == null) {
                note(read, rows++);
                full = scorer.add(read.values);
            }
        }
        survey.counts.putAll(cursor.counts());
        computed = scorer.run();
        given = 0;
    }

    private void note(FileRow read, int row) {
        weights[row] = read.weight;
        if (read.label != null) {
            targets[row][0] = classes.get(read.label);
        } else {
            System.arraycopy(read.values, net.topology().inputs(), targets[row], 0, targets[row].length);
        }
    }

    private String known() {
        String shown = net.classes().stream().limit(SHOWN_CLASSES).collect(Collectors.joining(", "));
        int more = net.classes().size() - SHOWN_CLASSES;
        return "one of " + shown + (more > 0 ? " and " + more + " more" : "") + ", the classes of the model";
    }
}
