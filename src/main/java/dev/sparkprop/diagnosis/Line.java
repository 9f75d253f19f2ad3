package dev.sparkprop.diagnosis;

import dev.sparkprop.training.Iteration;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What rules look at of a logged iteration.
 *
 * @param iteration its number
 * @param cost that is lowered
 * @param accuracy share of right predictions; NaN where predictions are not right or wrong
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
     * ‖gradient‖ · ‖parameters‖ / cost: by how many percent the cost changes, to first order, when the parameters move by one percent
     * of their length along the gradient. Unlike the norm of the gradient it has no unit, and compares between nets and data.
     */
    double steepness() {
        return gradientNorm * parameterNorm / cost;
    }
}
