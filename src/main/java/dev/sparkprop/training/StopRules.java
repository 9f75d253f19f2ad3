package dev.sparkprop.training;

import dev.sparkprop.optimizer.CostAndGradient;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Conditions that end a training run before the last iteration of its schedule.
 *
 * @param targetCost cost at or below which training stops
 * @param gradientNorm Euclidean norm of the gradient at or below which training stops
 * @param patience number of iterations without a better cost after which training stops, at least 1
 * @param minDelta a cost is better only if it is lower by more than this, at least 0
 * @param maxTime maximum time since training started or resumed
 */
public record StopRules(
        OptionalDouble targetCost,
        OptionalDouble gradientNorm,
        OptionalInt patience,
        double minDelta,
        Optional<Duration> maxTime) {
    /** No conditions; only the schedule ends the run. */
    public static final StopRules NONE =
            new StopRules(OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty(), 0, Optional.empty());

    /**
     * Returns the reason to stop after an evaluation, if there is one.
     *
     * @param sinceBest the number of iterations since the best cost
     * @param seconds the time since training started or resumed
     */
    Optional<StopReason> reason(CostAndGradient evaluation, int sinceBest, double seconds) {
        if (targetCost.isPresent() && evaluation.cost() <= targetCost.getAsDouble()) {
            return Optional.of(StopReason.TARGET_COST);
        }
        if (gradientNorm.isPresent() && evaluation.gradientNorm() <= gradientNorm.getAsDouble()) {
            return Optional.of(StopReason.GRADIENT_NORM);
        }
        if (patience.isPresent() && sinceBest >= patience.getAsInt()) {
            return Optional.of(StopReason.PATIENCE);
        }
        return maxTime.filter(time -> seconds >= time.toNanos() / 1e9).map(time -> StopReason.MAX_TIME);
    }
}
