package dev.sparkprop.evaluation;

/** Which way an evaluation goes through the net. */
public enum Pass {
    /** Forward only: costs, without gradients. */
    LOSS,
    /** Forward and backward: costs and gradients. */
    GRADIENT
}
