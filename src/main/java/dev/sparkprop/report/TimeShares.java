package dev.sparkprop.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the time of an iteration went, by the names that a log has for it: means over all of them, and over buckets of them. */
final class TimeShares {
    private static final int MAX_BUCKETS = 128;

    /** More than anybody tells apart; those beyond are not drawn. */
    private static final int MAX_NAMES = 24;

    /** Thirty thousand years: sums of longer times could be infinite. */
    private static final double MAX_MILLISECONDS = 1e15;

    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final Buckets<Sum> buckets = new Buckets<>(MAX_BUCKETS, Sum::join);
    private Sum all = new Sum(-1, 0, new double[MAX_NAMES]);

    /**
     * Times of some iterations.
     *
     * @param last of them
     * @param iterations how many
     * @param milliseconds of them all, by the number of the name
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
    private record Sum(int last, long iterations, double[] milliseconds) {
        Sum join(Sum next) {
            double[] sum = milliseconds.clone();
            for (int i = 0; i < MAX_NAMES; i++) {
                sum[i] += next.milliseconds[i];
            }
            return new Sum(next.last, iterations + next.iterations, sum);
        }

        double mean(int name) {
            return Digits.six(milliseconds[name] / iterations);
        }
    }

    /**
     * Adds what a line says.
     *
     * @param iterations that it is the mean of, at least 1, {@code iteration} being the last of them
     * @param milliseconds of one of them, by name
     */
    void add(int iteration, long iterations, JsonNode milliseconds) {
        double[] sum = new double[MAX_NAMES];
        for (var entry : milliseconds.properties()) {
            if (names.size() < MAX_NAMES) {
                names.putIfAbsent(entry.getKey(), names.size());
            }
            double value = entry.getValue().asDouble();
            Integer name = names.get(entry.getKey());
            if (name != null && value > 0 && value < MAX_MILLISECONDS) {
                sum[name] = value * iterations;
            }
        }
        Sum line = new Sum(iteration, iterations, sum);
        all = all.join(line);
        buckets.add(line);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Adds {@code names}, {@code mean} milliseconds of an iteration, and over {@code x} the same for each name. */
    void writeTo(ObjectNode time) {
        names.keySet().forEach(time.putArray("names")::add);
        ArrayNode mean = time.putArray("mean");
        ArrayNode x = time.putArray("x");
        buckets.list().forEach(bucket -> x.add(bucket.last));
        ArrayNode over = time.putArray("milliseconds");
        for (int name : names.values()) {
            mean.add(all.mean(name));
            ArrayNode y = over.addArray();
            buckets.list().forEach(bucket -> y.add(bucket.mean(name)));
        }
    }
}
