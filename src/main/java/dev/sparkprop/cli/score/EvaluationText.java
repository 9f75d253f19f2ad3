package dev.sparkprop.cli.score;

import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.metrics.Evaluation;
import dev.sparkprop.metrics.NumberErrors;
import dev.sparkprop.metrics.Ranking;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Formats an evaluation as text. */
final class EvaluationText {
    /** Maximum number of classes in a confusion matrix. Wider tables are unreadable. */
    private static final int MAX_COLUMNS = 30;

    private final Evaluation evaluation;
    private final LearnedData data;
    private final StringBuilder text = new StringBuilder();

    private EvaluationText(Evaluation evaluation, LearnedData data) {
        this.evaluation = evaluation;
        this.data = data;
    }

    static String of(Evaluation evaluation, LearnedData data) {
        return new EvaluationText(evaluation, data).text();
    }

    private String text() {
        add("Examples  %,d", evaluation.examples());
        if (evaluation.weight() != evaluation.examples()) {
            add(" with total weight %s", weight(evaluation.weight()));
        }
        add("%nCost      %.8f%n", evaluation.cost());
        if (!Double.isNaN(evaluation.accuracy())) {
            add("Accuracy  %.4f%n", evaluation.accuracy());
        }
        evaluation.confusion().ifPresent(confusion -> add("Balanced  %s%n", ratio(confusion.balancedAccuracy())));
        evaluation.ranking().ifPresent(this::addRanking);
        evaluation.brier().ifPresent(brier -> add("Brier     %.4f%n", brier));
        evaluation
                .threshold()
                .ifPresent(threshold -> add(
                        "Threshold %s (%s from this probability on)%n",
                        threshold, data.classes().get(1)));
        evaluation.confusion().ifPresent(this::addClasses);
        evaluation.errors().ifPresent(this::addErrors);
        return text.toString();
    }

    private void addRanking(Ranking ranking) {
        add("AUC       %s%n", ratio(ranking.rocArea()));
        add("PR AUC    %s%n", ratio(ranking.precisionRecallArea()));
    }

    private void addClasses(Confusion confusion) {
        int name = Math.max(5, longest(data.classes()));
        add("%n%-" + name + "s  precision  recall      F1  examples%n", "class");
        for (int c = 0; c < confusion.classes(); c++) {
            add(
                    "%-" + name + "s  %9s  %6s  %6s  %8s%n",
                    data.classes().get(c),
                    ratio(confusion.precision(c)),
                    ratio(confusion.recall(c)),
                    ratio(confusion.f1(c)),
                    weight(confusion.actual(c)));
        }
        if (confusion.classes() > MAX_COLUMNS) {
            add("%nThe confusion matrix has more than %d classes: use --json to write it%n", MAX_COLUMNS);
            return;
        }
        List<String> cells = IntStream.range(0, confusion.classes() * confusion.classes())
                .mapToObj(i -> weight(confusion.weight(i / confusion.classes(), i % confusion.classes())))
                .toList();
        int width = Math.max(longest(data.classes()), longest(cells));
        add("%nConfusion matrix (rows: actual class, columns: predicted class)%n%" + name + "s", "");
        data.classes().forEach(label -> add("  %" + width + "s", label));
        for (int i = 0; i < cells.size(); i++) {
            if (i % confusion.classes() == 0) {
                add("%n%-" + name + "s", data.classes().get(i / confusion.classes()));
            }
            add("  %" + width + "s", cells.get(i));
        }
        add("%n");
    }

    private void addErrors(NumberErrors errors) {
        List<String> targets = data.files().targets();
        int name = Math.max(6, longest(targets));
        add("%n%-" + name + "s  %12s  %12s  %8s%n", "target", "RMSE", "MAE", "R²");
        for (int o = 0; o < errors.outputs(); o++) {
            add(
                    "%-" + name + "s  %12.6g  %12.6g  %8s%n",
                    targets.get(o),
                    errors.rootMeanSquare(o),
                    errors.meanMagnitude(o),
                    ratio(errors.explained(o)));
        }
    }

    private static int longest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String ratio(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String weight(double weight) {
        return weight == Math.rint(weight) && weight < 1e15
                ? Long.toString((long) weight)
                : String.format(Locale.ROOT, "%.6g", weight);
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
