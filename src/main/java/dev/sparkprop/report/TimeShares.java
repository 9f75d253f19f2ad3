package dev.sparkprop.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Mean times of an iteration's phases, by their names in the log: over all iterations, and over buckets of them. */
final class TimeShares {
    private static final int MAX_BUCKETS = 128;

    /** Maximum number of phases that a chart can distinguish. Further phases are not drawn. */
    private static final int MAX_NAMES = 24;

    /** About 30,000 years. Sums of longer times could become infinite. */
    private static final double MAX_MILLISECONDS = 1e15;

    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final Buckets<Sum> buckets = new Buckets<>(MAX_BUCKETS, Sum::join);
    private Sum all = new Sum(-1, 0, new double[MAX_NAMES]);

    /**
     * The times of a range of iterations.
     *
     * @param last the last iteration
     * @param iterations the number of iterations
     * @param milliseconds the total time of each phase, by the index of its name
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared or printed
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
     * Adds the times of a line.
     *
     * @param iteration the last of these iterations
     * @param iterations the number of iterations that the line averages, at least 1
     * @param milliseconds the mean time per iteration, by name
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

    /**
     * Adds the {@code names}, the {@code mean} milliseconds per iteration, and the {@code milliseconds} of each name
     * over {@code x}.
     */
    void writeTo(ObjectNode time) {
        names.keySet().forEach(time.putArray("names")::add);
        ArrayNode mean = time.putArray("mean");
        ArrayNode x = time.putArray("x");
        buckets.list().forEach(bucket -> x.add(bucket.last));
        ArrayNode series = time.putArray("milliseconds");
        for (int name : names.values()) {
            mean.add(all.mean(name));
            ArrayNode y = series.addArray();
            buckets.list().forEach(bucket -> y.add(bucket.mean(name)));
        }
    }
}
