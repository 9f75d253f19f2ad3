package dev.sparkprop.network;

import java.util.Arrays;

/** What the last layer makes of its pre-activations z. */
public enum Output {
    /** 1/(1 + exp(−z)) of each: outputs that are independent of each other, each a probability. */
    SIGMOID {
        @Override
        public double[] activate(double[] z) {
            return Arrays.stream(z).map(Output::sigmoid).toArray();
        }
    },
    /** exp(z)/Σ exp(z): the probabilities of classes that exclude each other. */
    SOFTMAX {
        @Override
        public double[] activate(double[] z) {
            double log = logSumExp(z);
            return Arrays.stream(z).map(v -> Math.exp(v - log)).toArray();
        }
    },
    /** z itself: numbers of any size. */
    LINEAR {
        @Override
        public double[] activate(double[] z) {
            return z.clone();
        }
    };

    /** Outputs a of one example from its pre-activations, in float64. */
    public abstract double[] activate(double[] z);

    /** The largest z whose sigmoid is one half in float32, where training computes. */
    private static final double HALF = 0x1.8p-24;

    /** Whether a sigmoid output predicts what it stands for: its probability is above one half, in float32 as in training. */
    public static boolean predicts(double z) {
        return z > HALF;
    }

    /**
     * The class that pre-activations predict. With one output it is 1 if the output {@linkplain #predicts predicts}, and else 0; with
     * several it is the first of the largest.
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

    /** 1/(1 + exp(−z)). */
    static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** log Σ exp(z), with the largest taken out so that nothing overflows. */
    static double logSumExp(double[] z) {
        double max = Arrays.stream(z).max().orElseThrow();
        return max + Math.log(Arrays.stream(z).map(v -> Math.exp(v - max)).sum());
    }
}
