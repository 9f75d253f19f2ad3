package dev.sparkprop.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What brings columns to mean 0 and deviation 1. A carrier of arrays; nobody writes to them.
 *
 * @param mean of each column
 * @param deviation of each column, the root of its mean square distance from the mean; 1 for a constant column, which is
 *     only moved
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
public record Standardization(double[] mean, double[] deviation) implements Serializable {
    /** Leaves all columns as they are. */
    public static final Standardization NONE = new Standardization(new double[0], new double[0]);

    /** That of the columns from {@code from} to before {@code until}. */
    public Standardization slice(int from, int until) {
        return new Standardization(Arrays.copyOfRange(mean, from, until), Arrays.copyOfRange(deviation, from, until));
    }

    /** The standardized value of a column; the value itself beyond the columns that are standardized. */
    public double apply(int column, double value) {
        return column < mean.length ? (value - mean[column]) / deviation[column] : value;
    }

    /** The value that was standardized; beyond the columns that are, the value itself. */
    public double undo(int column, double standardized) {
        return column < mean.length ? standardized * deviation[column] + mean[column] : standardized;
    }
}
