package dev.sparkprop.training;

import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.optimizer.CostAndGradient;
import java.util.List;

/**
 * Validation: the cost over examples that are not used for training, without penalties.
 *
 * @param source source of the validation examples
 * @param every number of iterations between two validations, at least 1
 */
public record Validation(GradientSource source, long every) {

    public Validation {
        if (every < 1) {
            throw new IllegalArgumentException("Invalid validate-every: " + every + " (must be at least 1)");
        }
    }

    /** Returns true if the parameters after this number of updates are to be validated. */
    boolean due(int iteration) {
        return iteration % every == 0;
    }

    /** Returns cost and accuracy at the given parameters. */
    Score score(double[] parameters) {
        Request request = Request.losses(List.of(ParameterLayout.toFloat32(parameters)), source.examples());
        CostAndGradient mean = source.evaluate(request).get(0);
        return new Score(mean.cost(), mean.accuracy());
    }
}
