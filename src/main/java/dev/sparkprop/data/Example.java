package dev.sparkprop.data;

import java.io.Serializable;

/**
 * A single example, in the form that a network expects.
 *
 * @param features one value per input
 * @param targets one value per output
 * @param weight weight of the example, at least 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
public record Example(double[] features, double[] targets, double weight) implements Serializable {}
