package dev.sparkprop.training;

import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import java.util.List;

/**
 * The cost over examples from which nothing is learned, without penalties.
 *
 * @param source of these examples
 * @param topology of the net
 * @param every iterations between two validations, at least 1
 */
public record Validation(GradientSource source, Topology topology, long every) {

    public Validation {
        if (every < 1) {
            throw new IllegalArgumentException("Invalid validate-every: " + every + " (must be at least 1)");
        }
    }

    /** Whether parameters after this many updates are validated. */
    boolean due(int iteration) {
        return iteration % every == 0;
    }

    /** Cost and accuracy at these parameters. */
    Score score(double[] parameters) {
        return Score.of(
                source.losses(List.of(ParameterLayout.toFloat32(parameters))).get(0), topology);
    }
}
