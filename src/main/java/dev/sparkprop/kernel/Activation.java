package dev.sparkprop.kernel;

/** A function applied to each pre-activation z of a layer, with its derivative expressed by its value a = f(z). */
public enum Activation {
    /** 1 / (1 + exp(−z)), from 0 to 1; derivative a·(1 − a). */
    SIGMOID,
    /** (exp(z) − exp(−z)) / (exp(z) + exp(−z)), from −1 to 1; derivative 1 − a². */
    TANH,
    /** max(z, 0); derivative 1 where a is above 0, else 0. */
    RELU,
    /** z where z is above 0, else z/100; derivative 1 where a is above 0, else 1/100. */
    LEAKY_RELU,
    /** z itself; derivative 1. */
    LINEAR;

    /** Slope of {@link #LEAKY_RELU} below 0. */
    public static final float LEAK = 0.01f;
}
