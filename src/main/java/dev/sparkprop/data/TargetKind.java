package dev.sparkprop.data;

/** The contents of the target columns of a file and their mapping to the outputs of the network. */
public enum TargetKind {
    /** One column of labels, with one output per label: 1 for the output of the row's label, 0 for the others. */
    CLASSES,
    /** One column with two labels, encoded as 0 and 1 in their order. */
    TWO_CLASSES,
    /** One column per output, with values from 0 to 1. */
    FRACTIONS,
    /** One column per output, with arbitrary numbers. */
    NUMBERS;

    /** Returns true if there is a single target column of labels. */
    public boolean labels() {
        return this == CLASSES || this == TWO_CLASSES;
    }

    /** Returns the number of target columns for the given number of outputs. */
    public int columns(int outputs) {
        return labels() ? 1 : outputs;
    }

    /** Returns the number of distinct labels for the given number of outputs. */
    public int classes(int outputs) {
        return this == TWO_CLASSES ? 2 : outputs;
    }

    /** Returns true if the number is a valid target of this kind. */
    public boolean allows(double target) {
        return this != FRACTIONS || (target >= 0 && target <= 1);
    }
}
