package dev.sparkprop.network;

import java.util.Arrays;

/** The function that the last layer applies to its pre-activations z. */
public enum Output {
    /** 1/(1 + exp(−z)) for each output: independent probabilities. */
    SIGMOID {
        @Override
        public double[] activate(double[] z) {
            return Arrays.stream(z).map(Output::sigmoid).toArray();
        }
    },
    /** exp(z)/Σ exp(z): the probabilities of mutually exclusive classes. */
    SOFTMAX {
        @Override
        public double[] activate(double[] z) {
            double log = logSumExp(z);
            return Arrays.stream(z).map(v -> Math.exp(v - log)).toArray();
        }
    },
    /** z itself: arbitrary numbers. */
    LINEAR {
        @Override
        public double[] activate(double[] z) {
            return z.clone();
        }
    };

    /** Returns the outputs a of one example from its pre-activations, in float64. */
    public abstract double[] activate(double[] z);

    /** The largest z whose sigmoid is one half in float32, the precision of training. */
    private static final double HALF = 0x1.8p-24;

    /**
     * Returns true if a sigmoid output is a positive prediction: its probability is above one half in float32,
     * as in training.
     */
    public static boolean predicts(double z) {
        return z > HALF;
    }

    /**
     * Returns the class that pre-activations predict. With one output, it is 1 if {@link #predicts} is true, else 0.
     * With several outputs, it is the first one with the largest pre-activation.
     */
    public static int predictedClass(double[] z) {
        if (z.length == 1) {
            return predicts(z[0]) ? 1 : 0;
        }
        int largest = 0;
        for (int o = 1; o < z.length; o++) {
            largest = z[o] > z[largest] ? o : largest;
        }
        return largest;
    }

    /**
     * Returns the logit of a class's probability, log(p/(1 − p)). With one output, it is that of class 1, and class 0
     * has none.
     */
    public static double logit(double[] z, int label) {
        if (z.length == 1) {
            return z[0];
        }
        double[] others = new double[z.length - 1];
        System.arraycopy(z, 0, others, 0, label);
        System.arraycopy(z, label + 1, others, label, others.length - label);
        return z[label] - logSumExp(others);
    }

    /** Returns 1/(1 + exp(−z)). */
    public static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** Returns log Σ exp(z). The largest z is factored out to avoid overflow. */
    static double logSumExp(double[] z) {
        double max = Arrays.stream(z).max().orElseThrow();
        return max + Math.log(Arrays.stream(z).map(v -> Math.exp(v - max)).sum());
    }
}
