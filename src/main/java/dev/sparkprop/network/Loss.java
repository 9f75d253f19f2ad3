package dev.sparkprop.network;

/** The loss of an example's outputs, given its targets. */
public enum Loss {
    /** Mean of −t·log(a) − (1 − t)·log(1 − a) over the outputs. */
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
    /** Sum of −t·log(a) over the outputs, for targets that sum to 1. */
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
    /** Mean of (a − t)² over the outputs. */
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

    /** Returns the output that this loss belongs to. */
    public Output output() {
        return output;
    }

    /** Returns the default loss of an output. */
    public static Loss of(Output output) {
        return switch (output) {
            case SIGMOID -> BINARY_CROSS_ENTROPY;
            case SOFTMAX -> SOFTMAX_CROSS_ENTROPY;
            case LINEAR -> SQUARED_ERROR;
        };
    }

    /** Returns true if predictions are right or wrong rather than numbers with an error. */
    public boolean classifies() {
        return this != SQUARED_ERROR;
    }

    /** Returns the loss of one example in float64, given the pre-activations and targets of its outputs. */
    public abstract double value(double[] z, double[] targets);

    /**
     * Returns the number of predictions per example, which is also the divisor of its loss: the number of
     * outputs, or one.
     */
    public abstract int terms(int outputs);
}
