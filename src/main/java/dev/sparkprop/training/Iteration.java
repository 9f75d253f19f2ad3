package dev.sparkprop.training;

import java.util.Map;
import java.util.Optional;

/**
 * One iteration, as reported to a {@link TrainingListener}.
 *
 * @param number number of updates so far
 * @param evaluations number of evaluations of cost and gradient so far, including those before an interruption
 * @param cost mean over the examples of its batch, plus the penalty
 * @param accuracy fraction of right predictions among these examples, 0 to 1; NaN if predictions are not
 *     right or wrong
 * @param validation score on the validation examples, if the parameters were validated
 * @param gradientNorm Euclidean norm of ∂cost/∂parameters
 * @param updateRatio ‖step‖ / ‖parameters before‖ of the update that led here; NaN if it was not measured
 * @param elapsedSeconds training time so far
 * @param examplesPerSecond rate since the previously logged iteration; an example counts once per evaluation
 * @param times mean times per iteration since the previously logged iteration
 * @param best lowest cost so far, including this iteration
 * @param parameters parameters at this iteration; valid only during the call
 * @param memory the optimizer's other state, by name; valid only during the call
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
public record Iteration(
        int number,
        long evaluations,
        double cost,
        double accuracy,
        Optional<Score> validation,
        double gradientNorm,
        double updateRatio,
        double elapsedSeconds,
        double examplesPerSecond,
        Ledger.Times times,
        Best best,
        double[] parameters,
        Map<String, double[]> memory) {}
