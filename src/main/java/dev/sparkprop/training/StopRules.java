package dev.sparkprop.training;

import dev.sparkprop.optimizer.CostAndGradient;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What ends a training before the last iteration of its schedule.
 *
 * @param targetCost a cost at or below it
 * @param gradientNorm a Euclidean norm of the gradient at or below it
 * @param patience so many iterations without a better cost, at least 1
 * @param minDelta by more than which a cost must be lower to be better, at least 0
 * @param maxTime so much time since the training began, or went on
 */
public record StopRules(
        OptionalDouble targetCost,
        OptionalDouble gradientNorm,
        OptionalInt patience,
        double minDelta,
        Optional<Duration> maxTime) {
    /** Nothing but the schedule. */
    public static final StopRules NONE =
            new StopRules(OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty(), 0, Optional.empty());

    /** The reason to stop at an evaluation, if there is one, so many iterations after the best and seconds after the beginning. */
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
