package dev.sparkprop.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Shifts and scales columns to mean 0 and deviation 1. The arrays are not copied and must not be modified.
 *
 * @param mean mean of each column
 * @param deviation standard deviation of each column, the square root of the mean squared distance from the mean; 1
 *     for a constant column, which is only shifted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
public record Standardization(double[] mean, double[] deviation) implements Serializable {
    /** Leaves all columns unchanged. */
    public static final Standardization NONE = new Standardization(new double[0], new double[0]);

    /** Returns the standardization of columns [{@code from}, {@code until}). */
    public Standardization slice(int from, int until) {
        return new Standardization(Arrays.copyOfRange(mean, from, until), Arrays.copyOfRange(deviation, from, until));
    }

    /** Returns the standardization of these columns, followed by that of others. */
    public Standardization then(Standardization others) {
        return new Standardization(concat(mean, others.mean), concat(deviation, others.deviation));
    }

    private static double[] concat(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** Returns the standardized value. Columns without a standardization are returned unchanged. */
    public double apply(int column, double value) {
        return column < mean.length ? (value - mean[column]) / deviation[column] : value;
    }

    /** Returns the original value of a standardized one. Columns without a standardization are returned unchanged. */
    public double undo(int column, double standardized) {
        return column < mean.length ? standardized * deviation[column] + mean[column] : standardized;
    }
}
