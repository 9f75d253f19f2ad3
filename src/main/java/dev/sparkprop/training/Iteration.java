package dev.sparkprop.training;

import java.util.Map;
import java.util.Optional;

/**
 * What is told of one iteration.
 *
 * @param number of updates so far
 * @param evaluations of cost and gradient so far, those before an interruption included
 * @param cost mean over the examples of its batch
 * @param accuracy share of right predictions among them, 0 to 1
 * @param validation of the parameters, if they were validated
 * @param gradientNorm Euclidean norm of ∂cost/∂parameters
 * @param updateRatio ‖step‖ / ‖parameters before‖ of the update that led here; NaN if it was not measured
 * @param elapsedSeconds since training began
 * @param examplesPerSecond since the iteration told of before, an example counted for each evaluation
 * @param times of each iteration since that one
 * @param best lowest cost so far, this one included
 * @param parameters at this iteration; valid during the call only
 * @param memory what the optimizer remembers beside them, by name; valid as long
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
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
