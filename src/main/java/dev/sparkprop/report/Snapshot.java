package dev.sparkprop.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The parameters of a network at an iteration.
 *
 * @param iteration the number of updates so far
 * @param parameters the parameters in their layout
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
record Snapshot(int iteration, double[] parameters) {
    /**
     * Returns the snapshot in a line of a log. Returns empty if the array does not contain exactly {@code count}
     * finite parameters.
     */
    static Optional<Snapshot> of(int iteration, JsonNode array, int count) {
        if (!array.isArray() || array.size() != count) {
            return Optional.empty();
        }
        double[] parameters = new double[count];
        for (int i = 0; i < count; i++) {
            parameters[i] = array.get(i).asDouble(Double.NaN);
            if (!Double.isFinite(parameters[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(new Snapshot(iteration, parameters));
    }
}
