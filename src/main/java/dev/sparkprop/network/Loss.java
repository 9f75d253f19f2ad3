package dev.sparkprop.network;

/** What an example's outputs cost, given its targets. */
public enum Loss {
    /** Mean over the outputs of −t·log(a) − (1 − t)·log(1 − a). */
    BINARY_CROSS_ENTROPY(Output.SIGMOID) {
        // −t·log σ(z) − (1 − t)·log(1 − σ(z)), without the logarithm of a saturated σ
        @Override
        public double value(double[] z, double[] t) {
            double loss = 0;
            for (int o = 0; o < z.length; o++) {
                loss += (Math.max(z[o], 0) - z[o] * t[o] + Math.log1p(Math.exp(-Math.abs(z[o])))) / z.length;
            }
            return loss;
        }

        @Override
        public int terms(int outputs) {
            return outputs;
        }
    },
    /** Sum over the outputs of −t·log(a), for targets that sum to 1. */
    SOFTMAX_CROSS_ENTROPY(Output.SOFTMAX) {
        // −t·log(exp(z)/Σ exp(z))
        @Override
        public double value(double[] z, double[] t) {
            double log = Output.logSumExp(z);
            double loss = 0;
            for (int o = 0; o < z.length; o++) {
                loss += t[o] * (log - z[o]);
            }
            return loss;
        }

        @Override
        public int terms(int outputs) {
            return 1;
        }
    },
    /** Mean over the outputs of (a − t)². */
    SQUARED_ERROR(Output.LINEAR) {
        @Override
        public double value(double[] z, double[] t) {
            double loss = 0;
            for (int o = 0; o < z.length; o++) {
                loss += (z[o] - t[o]) * (z[o] - t[o]) / z.length;
            }
            return loss;
        }

        @Override
        public int terms(int outputs) {
            return outputs;
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
        return switch (output) {
            case SIGMOID -> BINARY_CROSS_ENTROPY;
            case SOFTMAX -> SOFTMAX_CROSS_ENTROPY;
            case LINEAR -> SQUARED_ERROR;
        };
    }

    /** Whether a prediction is right or wrong, and not just near or far. */
    public boolean classifies() {
        return this != SQUARED_ERROR;
    }

    /** The loss of one example, from the pre-activations and the targets of its outputs, in float64. */
    public abstract double value(double[] z, double[] targets);

    /** Predictions that an example makes, and terms that its loss is the mean of: one for each output, or one in all. */
    public abstract int terms(int outputs);
}
