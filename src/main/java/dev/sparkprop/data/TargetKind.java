package dev.sparkprop.data;

/** What the target columns of a file hold, and what the outputs of the net learn of it. */
public enum TargetKind {
    /** One column of labels, as many different ones as there are outputs: 1 for the output of the label, 0 for the others. */
    CLASSES,
    /** One column of two labels, in their order 0 and 1. */
    TWO_CLASSES,
    /** A column for each output, from 0 to 1. */
    FRACTIONS,
    /** A column for each output, as it is. */
    NUMBERS;

    /** Whether the one target column holds labels. */
    public boolean labels() {
        return this == CLASSES || this == TWO_CLASSES;
    }

    /** Target columns for this many outputs. */
    public int columns(int outputs) {
        return labels() ? 1 : outputs;
    }

    /** Different labels for this many outputs. */
    public int classes(int outputs) {
        return this == TWO_CLASSES ? 2 : outputs;
    }

    /** Whether a number can be such a target. */
    public boolean allows(double target) {
        return this != FRACTIONS || (target >= 0 && target <= 1);
    }
}
