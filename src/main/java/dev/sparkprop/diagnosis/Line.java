package dev.sparkprop.diagnosis;

import dev.sparkprop.training.Iteration;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The properties of a logged iteration that rules inspect.
 *
 * @param iteration number of the iteration
 * @param cost training cost
 * @param accuracy fraction of right predictions; NaN if predictions are not right or wrong
 * @param gradientNorm Euclidean norm of ∂cost/∂parameters
 * @param parameterNorm Euclidean norm of the parameters
 * @param updateRatio ‖step‖ / ‖parameters before‖ of the update that led there; NaN if it was not measured
 */
record Line(
        int iteration, double cost, double accuracy, double gradientNorm, double parameterNorm, double updateRatio) {

    static Line of(Iteration iteration) {
        return new Line(
                iteration.number(),
                iteration.cost(),
                iteration.accuracy(),
                iteration.gradientNorm(),
                Math.sqrt(StatUtils.sumSq(iteration.parameters())),
                iteration.updateRatio());
    }

    /**
     * Returns ‖gradient‖ · ‖parameters‖ / cost: the change of the cost in percent, to first order, when the
     * parameters move along the gradient by one percent of their length. Unlike the gradient norm, it has no unit and
     * can be compared between networks and datasets.
     */
    double steepness() {
        return gradientNorm * parameterNorm / cost;
    }
}
