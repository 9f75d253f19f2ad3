package dev.sparkprop.training;

/**
 * The result of training.
 *
 * @param iterations number of updates done
 * @param evaluations number of evaluations of cost and gradient, including those before an interruption
 * @param reason reason why training ended
 * @param parameters those of the best iteration if they were kept, otherwise those after the last iteration
 * @param cost cost after the last iteration
 * @param accuracy accuracy after the last iteration
 * @param best lowest cost of all iterations
 * @param seconds training time, including the time before an interruption
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
public record TrainingResult(
        int iterations,
        long evaluations,
        StopReason reason,
        double[] parameters,
        double cost,
        double accuracy,
        Best best,
        double seconds) {}
