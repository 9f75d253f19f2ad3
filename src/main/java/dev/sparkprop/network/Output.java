package dev.sparkprop.network;

/** What the last layer makes of its pre-activations z. */
public enum Output {
    /** 1/(1 + exp(−z)) of each: outputs that are independent of each other, each a probability. */
    SIGMOID,
    /** exp(z)/Σ exp(z): the probabilities of classes that exclude each other. */
    SOFTMAX,
    /** z itself: numbers of any size. */
    LINEAR
}
