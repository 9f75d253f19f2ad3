package dev.sparkprop.kernel;

/** A function applied to each pre-activation z of a layer, with its derivative expressed by its value a = f(z). */
public enum Activation {
    /** 1 / (1 + exp(−z)), from 0 to 1; derivative a·(1 − a). */
    SIGMOID,
    /** z itself; derivative 1. */
    LINEAR
}
