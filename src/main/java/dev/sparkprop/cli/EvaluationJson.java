package dev.sparkprop.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.metrics.Evaluation;
import dev.sparkprop.metrics.NumberErrors;

/** An evaluation as programs read it; what is not a number there is null. */
final class EvaluationJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EvaluationJson() {}

    static String of(Evaluation evaluation, LearnedData data) {
        ObjectNode object = JSON.createObjectNode().put("examples", evaluation.examples());
        put(object, "weight", evaluation.weight());
        put(object, "cost", evaluation.cost());
        if (evaluation.errors().isEmpty()) {
            put(object, "accuracy", evaluation.accuracy());
        }
        evaluation.area().ifPresent(area -> put(object, "auc", area));
        evaluation.confusion().ifPresent(confusion -> addClasses(object, confusion, data));
        evaluation.errors().ifPresent(errors -> addErrors(object, errors, data));
        return object.toPrettyString() + "\n";
    }

    private static void addClasses(ObjectNode object, Confusion confusion, LearnedData data) {
        ArrayNode classes = object.putArray("classes");
        ArrayNode rows = object.putArray("confusion");
        for (int c = 0; c < confusion.classes(); c++) {
            ObjectNode of = classes.addObject().put("class", data.classes().get(c));
            put(of, "precision", confusion.precision(c));
            put(of, "recall", confusion.recall(c));
            put(of, "f1", confusion.f1(c));
            put(of, "weight", confusion.actual(c));
            ArrayNode row = rows.addArray();
            for (int predicted = 0; predicted < confusion.classes(); predicted++) {
                row.add(confusion.weight(c, predicted));
            }
        }
    }

    private static void addErrors(ObjectNode object, NumberErrors errors, LearnedData data) {
        ArrayNode targets = object.putArray("targets");
        for (int o = 0; o < errors.outputs(); o++) {
            ObjectNode of =
                    targets.addObject().put("target", data.files().targets().get(o));
            put(of, "rmse", errors.rootMeanSquare(o));
            put(of, "mae", errors.meanMagnitude(o));
            put(of, "r2", errors.explained(o));
        }
    }

    /** JSON has no NaN. */
    private static void put(ObjectNode object, String key, double value) {
        if (Double.isFinite(value)) {
            object.put(key, value);
        } else {
            object.putNull(key);
        }
    }
}
