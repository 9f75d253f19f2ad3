package dev.sparkprop.network;

/** What an example's outputs cost, given its targets. */
public enum Loss {
    /** Mean over the outputs of −t·log(a) − (1 − t)·log(1 − a). */
    BINARY_CROSS_ENTROPY(Output.SIGMOID) {
        @Override
        public int terms(int outputs) {
            return outputs;
        }
    },
    /** Sum over the outputs of −t·log(a), for targets that sum to 1. */
    SOFTMAX_CROSS_ENTROPY(Output.SOFTMAX) {
        @Override
        public int terms(int outputs) {
            return 1;
        }
    };

    private final Output output;

    Loss(Output output) {
        this.output = output;
    }

    /** The output that this loss is for. */
    public Output output() {
        return output;
    }

    /** The loss that goes with an output unless another is asked for. */
    public static Loss of(Output output) {
        return output == Output.SIGMOID ? BINARY_CROSS_ENTROPY : SOFTMAX_CROSS_ENTROPY;
    }

    /** Predictions that an example makes, and terms that its loss is the mean of: one for each output, or one in all. */
    public abstract int terms(int outputs);
}
