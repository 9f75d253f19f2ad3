package dev.sparkprop.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A net as it was at an iteration.
 *
 * @param iteration updates so far
 * @param parameters in their layout
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
record Snapshot(int iteration, double[] parameters) {
    /** That in a line of a log, if it has as many finite parameters as there should be. */
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
