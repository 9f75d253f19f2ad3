package dev.sparkprop.spark;

import dev.sparkprop.data.FileData.Csv;
import dev.sparkprop.data.Tile;
import dev.sparkprop.network.ReferenceNetwork;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Makes rows of what was read and of what a net says of it.
 *
 * @param net that is asked
 * @param parser of rows
 * @param kept where in a row that is which goes out again
 * @param csv how lines of {@code csv} are cut
 */
record PredictRows(ScoringNet net, RowParser parser, RowSource.Kept kept, Csv csv)
        implements FlatMapFunction<Iterator<Row>, Row> {

    /** Columns of what the net says, as wide as {@link #said}. */
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

    /** Numbers in a row as the parser fills it. */
    int values() {
        return net.values();
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Predictions(new RowCursor(rows, parser, values()));
    }

    private final class Predictions implements Iterator<Row> {
        private final RowCursor cursor;
        private final TileScorer scorer = new TileScorer(net);
        /** For its outputs alone, which need no parameters. */
        private final ReferenceNetwork outputs =
                new ReferenceNetwork(net.topology(), new double[net.topology().parameterCount()]);

        private final Object[][] cells = new Object[Tile.EXAMPLES][];
        private final ArrayDeque<Row> ready = new ArrayDeque<>();

        Predictions(RowCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean hasNext() {
            if (ready.isEmpty()) {
                computeNext();
            }
            return !ready.isEmpty();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }

        private void computeNext() {
            int rows = 0;
            boolean full = false;
            while (!full && cursor.next()) {
                if (cursor.row().problem != null) {
                    // they were all good when they were checked
                    throw new DataChangedException("The data changed while they were read: "
                            + InputFiles.shown(cursor.split().file()) + ": " + cursor.row().problem);
                }
                cells[rows++] = kept.cells(cursor.input(), csv);
                full = scorer.add(cursor.row().values);
            }
            scorer.run();
            for (int row = 0; row < rows; row++) {
                List<Object> all = new ArrayList<>(Arrays.asList(cells[row]));
                all.addAll(said(scorer.z(row)));
                ready.add(RowFactory.create(all.toArray()));
            }
        }

        private List<Object> said(double[] z) {
            double[] outputsOfRow = outputs.output(z);
            List<Object> said = new ArrayList<>();
            if (net.kind().labels()) {
                said.add(net.classes().get(ScoringNet.predicted(z)));
            }
            for (int o = 0; o < outputsOfRow.length; o++) {
                said.add(net.meaning(o, outputsOfRow[o]));
            }
            return said;
        }
    }
}
