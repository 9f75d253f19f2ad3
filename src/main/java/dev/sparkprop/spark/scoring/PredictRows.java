package dev.sparkprop.spark.scoring;

import dev.sparkprop.spark.dataset.DataChangedException;
import dev.sparkprop.spark.files.FileSystems;
import dev.sparkprop.spark.files.KeptCells;
import dev.sparkprop.spark.files.RowParser;
import dev.sparkprop.spark.files.Survey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Combines the kept cells of each input row with the network's prediction.
 *
 * @param net the network
 * @param parser the parser of the rows
 * @param kept the cells to write again
 * @param badRows what to do with bad rows
 * @param decision how to predict a class
 */
record PredictRows(ScoringNet net, RowParser parser, KeptCells kept, OnBadRow badRows, Decision decision)
        implements FlatMapFunction<Iterator<Row>, Row> {

    /** Returns the columns of a prediction, one for each value in {@code Predictions.predictionCells}. */
    static StructType columns(ScoringNet net, List<String> targets) {
        StructType columns = new StructType();
        int outputs = net.topology().outputs();
        switch (net.kind()) {
            case CLASSES -> {
                columns = columns.add("prediction", DataTypes.StringType);
                for (String name : net.classes()) {
                    columns = columns.add("probability_" + name, DataTypes.DoubleType);
                }
            }
            case TWO_CLASSES ->
                columns = columns.add("prediction", DataTypes.StringType).add("probability", DataTypes.DoubleType);
            case FRACTIONS, NUMBERS -> {
                for (int o = 0; o < outputs; o++) {
                    columns = columns.add(
                            outputs == 1 ? "prediction" : "prediction_" + targets.get(o), DataTypes.DoubleType);
                }
            }
        }
        return columns;
    }

    /** Surveys the rows for bad ones, with the same checks as when they are written. */
    FlatMapFunction<Iterator<Row>, Survey> survey() {
        return rows -> {
            ScoredRows scored = new ScoredRows(net, parser, rows, row -> {});
            while (scored.hasNext()) {
                scored.next();
            }
            return List.of(scored.survey()).iterator();
        };
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Predictions(new ScoredRows(net, parser, rows, row -> {}));
    }

    private final class Predictions implements Iterator<Row> {
        private final ScoredRows rows;
        private final List<Object> emptyCells =
                Collections.nCopies(net.topology().outputs() + (net.kind().labels() ? 1 : 0), null);
        private Row ready;

        Predictions(ScoredRows rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            while (ready == null && rows.hasNext()) {
                ready = predicted(rows.next());
            }
            return ready != null;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Row next = ready;
            ready = null;
            return next;
        }

        /** Returns the row to write, or null for a row to skip. */
        private Row predicted(ScoredRows.Scored row) {
            if (!row.isGood() && (row.read.isUnreadable() || badRows == OnBadRow.FAIL)) {
                // all rows passed the survey before
                throw new DataChangedException("The data changed while they were read: "
                        + FileSystems.shown(row.split.file()) + ": " + row.read.problem());
            }
            if (!row.isGood() && badRows == OnBadRow.SKIP) {
                return null;
            }
            List<Object> cells = new ArrayList<>(Arrays.asList(kept.cells(row.input)));
            cells.addAll(row.isGood() ? predictionCells(row.z) : emptyCells);
            return RowFactory.create(cells.toArray());
        }

        private List<Object> predictionCells(double[] z) {
            double[] outputsOfRow = net.topology().output().activate(z);
            List<Object> cells = new ArrayList<>();
            if (net.kind().labels()) {
                cells.add(net.classes().get(decision.predictedClass(z)));
            }
            for (int o = 0; o < outputsOfRow.length; o++) {
                cells.add(net.predictedValue(o, outputsOfRow[o]));
            }
            return cells;
        }
    }
}
