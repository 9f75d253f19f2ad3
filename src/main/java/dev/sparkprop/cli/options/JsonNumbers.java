package dev.sparkprop.cli.options;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;

/** Writes numbers as JSON. NaN and infinity, which JSON cannot represent, become null. */
public final class JsonNumbers {
    private JsonNumbers() {}

    public static void put(ObjectNode object, String key, double value) {
        object.set(key, node(value));
    }

    public static void put(ObjectNode object, String key, double[] values) {
        ArrayNode array = object.putArray(key);
        for (double value : values) {
            array.add(node(value));
        }
    }

    private static ValueNode node(double value) {
        return Double.isFinite(value) ? DoubleNode.valueOf(value) : NullNode.getInstance();
    }
}
