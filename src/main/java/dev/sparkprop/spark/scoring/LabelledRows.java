package dev.sparkprop.spark.scoring;

import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.RowParser;
import dev.sparkprop.spark.files.Survey;
import dev.sparkprop.text.Label;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Labelled rows of a Spark partition with what a net says of them, without the bad ones. */
final class LabelledRows implements Iterator<LabelledRows.Scored> {
    private static final int SHOWN_CLASSES = 10;

    private final ScoringNet net;
    private final String target;
    private final Map<String, Integer> classes;
    private final ScoredRows rows;
    private Scored ready;

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
        this.classes = Label.numbers(net.classes());
        this.rows = new ScoredRows(net, parser, rows, this::checkLabel);
    }

    @Override
    public boolean hasNext() {
        while (ready == null && rows.hasNext()) {
            ScoredRows.Scored next = rows.next();
            if (next.isGood()) {
                ready = new Scored(next.z, targets(next.read), next.read.weight());
            }
        }
        return ready != null;
    }

    @Override
    public Scored next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Scored next = ready;
        ready = null;
        return next;
    }

    /** How many rows there were and which of them are bad, once there is no next one. */
    Survey survey() {
        return rows.survey();
    }

    private void checkLabel(FileRow row) {
        if (row.isGood() && row.label() != null && !classes.containsKey(row.label())) {
            row.invalid(target, row.label(), "must be " + known());
        }
    }

    private double[] targets(FileRow row) {
        double[] targets = new double[net.kind().columns(net.topology().outputs())];
        if (row.label() != null) {
            targets[0] = classes.get(row.label());
        } else {
            System.arraycopy(row.values(), net.topology().inputs(), targets, 0, targets.length);
        }
        return targets;
    }

    private String known() {
        String shown = net.classes().stream().limit(SHOWN_CLASSES).collect(Collectors.joining(", "));
        int more = net.classes().size() - SHOWN_CLASSES;
        return "one of " + shown + (more > 0 ? " and " + more + " more" : "") + ", the classes of the model";
    }
}
