package dev.sparkprop.cli.gradient;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.cli.options.JsonNumbers;
import dev.sparkprop.network.ChainRule;

/** Formats an explanation as JSON. */
public final class ExplanationJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ExplanationJson() {}

    public static String of(Explanation explanation) {
        ChainRule rule = explanation.rule();
        ObjectNode object = JSON.createObjectNode()
                .put("net", rule.topology().toString())
                .put("parameter", explanation.place().toString())
                .put("example", explanation.example());
        if (!explanation.features().isEmpty()) {
            explanation.features().forEach(object.putArray("features")::add);
        }
        JsonNumbers.put(object, "inputs", rule.inputs()[0]);
        JsonNumbers.put(object, "targets", explanation.targets());
        JsonNumbers.put(object, "loss", rule.loss());
        ArrayNode layers = object.putArray("layers");
        for (int l = 0; l < rule.z().length; l++) {
            ObjectNode layer = layers.addObject().put("layer", l + 1);
            JsonNumbers.put(layer, "z", rule.z()[l]);
            JsonNumbers.put(layer, "a", rule.a()[l]);
            JsonNumbers.put(layer, "error", rule.error()[l]);
            JsonNumbers.put(layer, "slope", rule.slope()[l]);
            JsonNumbers.put(layer, "delta", rule.delta()[l]);
        }
        JsonNumbers.put(object, "input", rule.input(explanation.place()));
        JsonNumbers.put(object, "derivative", explanation.derivative());
        ObjectNode difference = object.putObject("centralDifference");
        addOther(difference, explanation, explanation.difference().derivative());
        JsonNumbers.put(difference, "step", explanation.difference().step());
        difference.put("kink", explanation.difference().kink());
        addOther(
                object.putObject("distributed").put("master", explanation.master()),
                explanation,
                explanation.distributed());
        return object.toPrettyString() + "\n";
    }

    private static void addOther(ObjectNode object, Explanation explanation, double derivative) {
        JsonNumbers.put(object, "derivative", derivative);
        JsonNumbers.put(object, "relativeDifference", explanation.relativeDifference(derivative));
    }
}
