package dev.sparkprop.kernel;

/** A function a = f(z) of each pre-activation z of a layer. Its derivative is expressed in terms of a. */
public enum Activation {
    /** 1 / (1 + exp(−z)), from 0 to 1; derivative a·(1 − a). */
    SIGMOID,
    /** (exp(z) − exp(−z)) / (exp(z) + exp(−z)), from −1 to 1; derivative 1 − a². */
    TANH,
    /** max(z, 0); derivative 1 if a > 0, else 0. */
    RELU,
    /** z if z > 0, else z/100; derivative 1 if a > 0, else 1/100. */
    LEAKY_RELU,
    /** z itself; derivative 1. */
    LINEAR;

    /** Slope of {@link #LEAKY_RELU} for negative z. */
    public static final float LEAK = 0.01f;
}
