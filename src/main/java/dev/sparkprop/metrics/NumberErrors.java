package dev.sparkprop.metrics;

import dev.sparkprop.data.ExactSum;
import dev.sparkprop.data.Moments;
import java.io.Serializable;
import java.util.stream.Stream;

/** Errors of predicted numbers, per output. The sums are exact and do not depend on the order. */
public final class NumberErrors implements Serializable {
    private static final long serialVersionUID = 1;

    /**
     * Upper limit of a summand, so that it fits in an exact sum. Floats are far below it, but their weighted squares
     * may not be.
     */
    private static final double MAX = 0x1p256;

    private final ExactSum weights = new ExactSum();
    private final Moments targets;
    private final ExactSum[] squares;
    private final ExactSum[] magnitudes;

    /** Creates the sums of no predictions. */
    public NumberErrors(int outputs) {
        targets = new Moments(outputs);
        squares = Stream.generate(ExactSum::new).limit(outputs).toArray(ExactSum[]::new);
        magnitudes = Stream.generate(ExactSum::new).limit(outputs).toArray(ExactSum[]::new);
    }

    /** Adds the predictions for one example. */
    public void add(double[] predicted, double[] actual, double weight) {
        weights.add(weight);
        targets.add(actual, weight);
        for (int o = 0; o < squares.length; o++) {
            double error = predicted[o] - actual[o];
            squares[o].add(Math.min(MAX, weight * error * error));
            magnitudes[o].add(Math.min(MAX, weight * Math.abs(error)));
        }
    }

    /** Adds all predictions that were added to the other object. */
    public void add(NumberErrors other) {
        weights.add(other.weights);
        targets.add(other.targets);
        for (int o = 0; o < squares.length; o++) {
            squares[o].add(other.squares[o]);
            magnitudes[o].add(other.magnitudes[o]);
        }
    }

    /** Returns the number of outputs. */
    public int outputs() {
        return squares.length;
    }

    /** Returns the root mean squared error. */
    public double rootMeanSquare(int output) {
        return Math.sqrt(squares[output].value() / weights.value());
    }

    /** Returns the mean absolute error. */
    public double meanMagnitude(int output) {
        return magnitudes[output].value() / weights.value();
    }

    /**
     * Returns R², the fraction of the targets' variance that is explained: 1 − Σ error² / Σ (target − mean)². NaN
     * for constant targets.
     */
    public double explained(int output) {
        double spread = targets.spread(output);
        return spread == 0 ? Double.NaN : 1 - squares[output].value() / spread;
    }
}
