package dev.sparkprop.training;

/**
 * How a training ended.
 *
 * @param iterations updates done
 * @param parameters after the last of them
 * @param cost at these parameters
 * @param accuracy at these parameters
 * @param seconds from before the first evaluation to after the last
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
public record TrainingResult(int iterations, double[] parameters, double cost, double accuracy, double seconds) {}
