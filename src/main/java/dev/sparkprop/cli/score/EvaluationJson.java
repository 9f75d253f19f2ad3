package dev.sparkprop.cli.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.cli.options.JsonNumbers;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.metrics.Evaluation;
import dev.sparkprop.metrics.NumberErrors;

/** Formats an evaluation as JSON. NaN becomes null. */
final class EvaluationJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EvaluationJson() {}

    static String of(Evaluation evaluation, LearnedData data) {
        ObjectNode object = JSON.createObjectNode().put("examples", evaluation.examples());
        JsonNumbers.put(object, "weight", evaluation.weight());
        JsonNumbers.put(object, "cost", evaluation.cost());
        if (evaluation.errors().isEmpty()) {
            JsonNumbers.put(object, "accuracy", evaluation.accuracy());
        }
        evaluation.ranking().ifPresent(ranking -> {
            JsonNumbers.put(object, "auc", ranking.rocArea());
            JsonNumbers.put(object, "pr-auc", ranking.precisionRecallArea());
        });
        evaluation.threshold().ifPresent(threshold -> JsonNumbers.put(object, "threshold", threshold));
        evaluation.confusion().ifPresent(confusion -> {
            JsonNumbers.put(object, "log-loss", evaluation.cost());
            JsonNumbers.put(object, "balanced-accuracy", confusion.balancedAccuracy());
            JsonNumbers.put(object, "brier", evaluation.brier().orElseThrow());
            addClasses(object, confusion, data);
        });
        evaluation.errors().ifPresent(errors -> addErrors(object, errors, data));
        return object.toPrettyString() + "\n";
    }

    private static void addClasses(ObjectNode object, Confusion confusion, LearnedData data) {
        ArrayNode classes = object.putArray("classes");
        ArrayNode rows = object.putArray("confusion");
        for (int c = 0; c < confusion.classes(); c++) {
            ObjectNode figures = classes.addObject().put("class", data.classes().get(c));
            JsonNumbers.put(figures, "precision", confusion.precision(c));
            JsonNumbers.put(figures, "recall", confusion.recall(c));
            JsonNumbers.put(figures, "f1", confusion.f1(c));
            JsonNumbers.put(figures, "weight", confusion.actual(c));
            ArrayNode row = rows.addArray();
            for (int predicted = 0; predicted < confusion.classes(); predicted++) {
                row.add(confusion.weight(c, predicted));
            }
        }
    }

    private static void addErrors(ObjectNode object, NumberErrors errors, LearnedData data) {
        ArrayNode targets = object.putArray("targets");
        for (int o = 0; o < errors.outputs(); o++) {
            ObjectNode figures =
                    targets.addObject().put("target", data.files().targets().get(o));
            JsonNumbers.put(figures, "rmse", errors.rootMeanSquare(o));
            JsonNumbers.put(figures, "mae", errors.meanMagnitude(o));
            JsonNumbers.put(figures, "r2", errors.explained(o));
        }
    }
}
