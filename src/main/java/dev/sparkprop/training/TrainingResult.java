package dev.sparkprop.training;

/**
 * How a training ended.
 *
 * @param iterations updates done
 * @param evaluations of cost and gradient, those before an interruption included
 * @param reason why it ended
 * @param parameters after the last of them
 * @param cost at these parameters
 * @param accuracy at these parameters
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
