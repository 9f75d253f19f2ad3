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

/** Labelled rows of a Spark partition with the network's outputs for them. Bad rows are skipped. */
final class LabelledRows implements Iterator<LabelledRows.Scored> {
    private static final int SHOWN_CLASSES = 10;

    private final ScoringNet net;
    private final String target;
    private final Map<String, Integer> classes;
    private final ScoredRows rows;
    private Scored ready;

    /**
     * One example. Its arrays are not shared.
     *
     * @param z the pre-activations of the outputs
     * @param targets the number of the class, or one number per output in the unit of the file
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared or printed
    record Scored(double[] z, double[] targets, double weight) {}

    /**
     * Creates an iterator over rows.
     *
     * @param target the name of the label column, if there are labels
     */
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

    /** Returns the survey of the rows. It is complete when there is no next row. */
    Survey survey() {
        return rows.survey();
    }

    private void checkLabel(FileRow row) {
        if (row.isGood() && row.label() != null && !classes.containsKey(row.label())) {
            row.invalidCell(target, row.label(), "must be " + known());
        }
    }

    private double[] targets(FileRow row) {
        double[] targets = new double[net.kind().columns(net.topology().outputs())];
        if (row.label() != null) {
            targets[0] = classes.get(row.label());
        } else {
            System.arraycopy(row.values(), net.encodings().readFeatures(), targets, 0, targets.length);
        }
        return targets;
    }

    private String known() {
        String shown = net.classes().stream().limit(SHOWN_CLASSES).collect(Collectors.joining(", "));
        int remaining = net.classes().size() - SHOWN_CLASSES;
        return "one of " + shown + (remaining > 0 ? " and " + remaining + " more" : "") + ", the classes of the model";
    }
}
