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
    /** That of the columns from {@code from} to before {@code until}. */
    public Standardization slice(int from, int until) {
        return new Standardization(Arrays.copyOfRange(mean, from, until), Arrays.copyOfRange(deviation, from, until));
    }

    /** The standardized value of a column. */
    public double apply(int column, double value) {
        return (value - mean[column]) / deviation[column];
    }

    /** The value that was standardized. */
    public double undo(int column, double standardized) {
        return standardized * deviation[column] + mean[column];
    }
}
