package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.ExactSum;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.metrics.Evaluation;
import dev.sparkprop.metrics.NumberErrors;
import dev.sparkprop.metrics.Ranking;
import dev.sparkprop.network.Output;
import dev.sparkprop.spark.files.RowParser;
import dev.sparkprop.spark.files.Survey;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** The sums that a pass over labelled files collects. The sums of parts can be added in any order. */
final class Scores implements Serializable {
    private static final long serialVersionUID = 1;

    /** Larger losses do not fit in an exact sum. */
    private static final double MAX_LOSS = 0x1p256;

    private final ExactSum loss = new ExactSum();
    private final ExactSum weight = new ExactSum();
    private final ExactSum correct = new ExactSum();
    private final ExactSum brier = new ExactSum();
    /** Null if targets are not classes. */
    private final Confusion confusion;
    /** Null if the loss is for classification. */
    private final NumberErrors errors;

    private Survey survey;

    private Scores(ScoringNet net) {
        int outputs = net.topology().outputs();
        confusion = net.kind().labels() ? new Confusion(net.classes().size()) : null;
        errors = net.topology().loss().classifies() ? null : new NumberErrors(outputs);
    }

    Scores add(Scores other) {
        loss.add(other.loss);
        weight.add(other.weight);
        correct.add(other.correct);
        brier.add(other.brier);
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
     * @param target the name of the label column
     * @param decision how to predict a class
     */
    record Task(ScoringNet net, RowParser parser, String target, Decision decision)
            implements FlatMapFunction<Iterator<Row>, Scores> {
        @Override
        public Iterator<Scores> call(Iterator<Row> rows) {
            Scores scores = new Scores(net);
            LabelledRows labelled = new LabelledRows(net, parser, target, rows);
            while (labelled.hasNext()) {
                LabelledRows.Scored row = labelled.next();
                scores.note(this, row.z(), row.targets(), row.weight());
            }
            scores.survey = labelled.survey();
            return List.of(scores).iterator();
        }
    }

    private void note(Task task, double[] z, double[] targets, double rowWeight) {
        ScoringNet net = task.net;
        weight.add(rowWeight);
        loss.add(Math.min(MAX_LOSS, rowWeight * net.topology().loss().value(z, learned(net, targets))));
        if (confusion != null) {
            int predicted = task.decision.predictedClass(z);
            confusion.add((int) targets[0], predicted, rowWeight);
            correct.add(predicted == (int) targets[0] ? rowWeight : 0);
            brier.add(rowWeight * squaredDistance(net.topology().output().activate(z), (int) targets[0]));
        } else if (errors != null) {
            double[] predicted = new double[z.length];
            for (int o = 0; o < z.length; o++) {
                predicted[o] = net.predictedValue(o, z[o]);
            }
            errors.add(predicted, targets, rowWeight);
        } else {
            for (int o = 0; o < z.length; o++) {
                correct.add(Output.predicts(z[o]) == (targets[o] > 0.5) ? rowWeight / z.length : 0);
            }
        }
    }

    /** Returns the squared distance between probabilities and those of a certain prediction of the given class. */
    private static double squaredDistance(double[] probabilities, int label) {
        if (probabilities.length <= 2) {
            double second = probabilities[probabilities.length - 1];
            return (second - label) * (second - label);
        }
        double sum = 0;
        for (int c = 0; c < probabilities.length; c++) {
            double difference = probabilities[c] - (c == label ? 1 : 0);
            sum += difference * difference;
        }
        return sum;
    }

    /** Converts targets to the scale on which the network was trained. */
    private static double[] learned(ScoringNet net, double[] targets) {
        double[] learned = new double[net.topology().outputs()];
        for (int o = 0; o < learned.length; o++) {
            learned[o] = switch (net.kind()) {
                case CLASSES -> o == (int) targets[0] ? 1 : 0;
                case TWO_CLASSES -> targets[0];
                case FRACTIONS -> targets[o];
                case NUMBERS -> net.target(o, targets[o]);
            };
        }
        return learned;
    }

    /** Returns the survey of the rows. */
    Survey survey() {
        return survey;
    }

    /**
     * Returns the metrics over all examples.
     *
     * @param ranking how well the examples are ranked, if that is known
     * @param decision how classes were predicted
     */
    Evaluation evaluation(Optional<Ranking> ranking, Decision decision) {
        double total = weight.value();
        return new Evaluation(
                survey.examples(),
                total,
                loss.value() / total,
                errors == null ? correct.value() / total : Double.NaN,
                Optional.ofNullable(confusion),
                confusion == null ? Optional.empty() : Optional.of(brier.value() / total),
                ranking,
                decision.known(),
                Optional.ofNullable(errors));
    }
}
