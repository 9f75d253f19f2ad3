package dev.sparkprop.network;

/** What an example's output costs, given its target. */
public enum Loss {
    /** Mean over the outputs of −t·log(a) − (1 − t)·log(1 − a). */
    BINARY_CROSS_ENTROPY
}
