package dev.sparkprop.spark;

import dev.sparkprop.data.ExactSum;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.metrics.NumberErrors;
import dev.sparkprop.network.ReferenceNetwork;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** What a pass over labelled files counts. Those of parts add up in any order. */
final class Scores implements Serializable {
    private static final long serialVersionUID = 1;

    /** Larger ones do not fit in an exact sum. */
    private static final double MAX_LOSS = 0x1p256;

    final ExactSum loss = new ExactSum();
    final ExactSum weight = new ExactSum();
    final ExactSum right = new ExactSum();
    /** Of classes, else null. */
    final Confusion confusion;
    /** Of numbers, else null. */
    final NumberErrors errors;

    Survey survey;

    private Scores(ScoringNet net) {
        int outputs = net.topology().outputs();
        confusion = net.kind().labels() ? new Confusion(net.classes().size()) : null;
        errors = net.topology().loss().classifies() ? null : new NumberErrors(outputs);
    }

    Scores add(Scores other) {
        loss.add(other.loss);
        weight.add(other.weight);
        right.add(other.right);
        if (confusion != null) {
            confusion.add(other.confusion);
        }
        if (errors != null) {
            errors.add(other.errors);
        }
        survey.add(other.survey);
        return this;
    }

    /**
     * Scores one Spark partition.
     *
     * @param target what the column of labels is called
     */
    record Task(ScoringNet net, RowParser parser, String target) implements FlatMapFunction<Iterator<Row>, Scores> {
        @Override
        public Iterator<Scores> call(Iterator<Row> rows) {
            Scores scores = new Scores(net);
            // for its losses alone, which need no parameters
            ReferenceNetwork losses = new ReferenceNetwork(
                    net.topology(), new double[net.topology().parameterCount()]);
            LabelledRows labelled = new LabelledRows(net, parser, target, rows);
            while (labelled.hasNext()) {
                LabelledRows.Scored row = labelled.next();
                scores.note(net, losses, row.z(), row.targets(), row.weight());
            }
            scores.survey = labelled.survey();
            return List.of(scores).iterator();
        }
    }

    private void note(ScoringNet net, ReferenceNetwork losses, double[] z, double[] targets, double rowWeight) {
        weight.add(rowWeight);
        loss.add(Math.min(MAX_LOSS, rowWeight * losses.loss(z, learned(net, targets))));
        if (confusion != null) {
            int predicted = ScoringNet.predicted(z);
            confusion.add((int) targets[0], predicted, rowWeight);
            right.add(predicted == (int) targets[0] ? rowWeight : 0);
        } else if (errors != null) {
            double[] predicted = new double[z.length];
            for (int o = 0; o < z.length; o++) {
                predicted[o] = net.meaning(o, z[o]);
            }
            errors.add(predicted, targets, rowWeight);
        } else {
            for (int o = 0; o < z.length; o++) {
                right.add((z[o] > 0) == (targets[o] > 0.5) ? rowWeight / z.length : 0);
            }
        }
    }

    /** The targets as the net learned them. */
    private static double[] learned(ScoringNet net, double[] targets) {
        double[] learned = new double[net.topology().outputs()];
        for (int o = 0; o < learned.length; o++) {
            learned[o] = switch (net.kind()) {
                case CLASSES -> o == (int) targets[0] ? 1 : 0;
                case TWO_CLASSES -> targets[0];
                case FRACTIONS -> targets[o];
                case NUMBERS -> net.standardized(net.topology().inputs() + o, targets[o]);
            };
        }
        return learned;
    }
}
