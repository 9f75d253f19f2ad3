package dev.sparkprop.training;

import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.optimizer.CostAndGradient;
import java.util.List;

/**
 * The cost over examples from which nothing is learned, without penalties.
 *
 * @param source of these examples
 * @param every iterations between two validations, at least 1
 */
public record Validation(GradientSource source, long every) {

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
        Request request = Request.losses(List.of(ParameterLayout.toFloat32(parameters)), source.examples());
        CostAndGradient mean = source.evaluate(request).get(0);
        return new Score(mean.cost(), mean.accuracy());
    }
}
