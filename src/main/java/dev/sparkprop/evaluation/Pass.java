package dev.sparkprop.evaluation;

/** The direction of an evaluation. */
public enum Pass {
    /** Forward only: costs without gradients. */
    LOSS,
    /** Forward and backward: costs and gradients. */
    GRADIENT
}
