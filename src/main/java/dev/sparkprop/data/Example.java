package dev.sparkprop.data;

import java.io.Serializable;

/**
 * One example by itself, as a net takes it.
 *
 * @param features one for each input
 * @param targets one for each output
 * @param weight how much it counts, at least 0
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
public record Example(double[] features, double[] targets, double weight) implements Serializable {}
