package dev.sparkprop.training;

/**
 * How a training ended.
 *
 * @param iterations updates done
 * @param evaluations of cost and gradient, those before an interruption included
 * @param reason why it ended
 * @param parameters those of the best iteration if they were kept, else after the last one
 * @param cost after the last iteration
 * @param accuracy after the last iteration
 * @param best lowest cost of all iterations
 * @param seconds of training, those before an interruption included
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
public record TrainingResult(
        int iterations,
        long evaluations,
        StopReason reason,
        double[] parameters,
        double cost,
        double accuracy,
        Best best,
        double seconds) {}
