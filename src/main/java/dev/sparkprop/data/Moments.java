package dev.sparkprop.data;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;

/**
 * Exact sums over weighted rows, from which the mean and deviation of each column are computed. The sums do not
 * depend on how the rows are partitioned.
 */
public final class Moments implements Serializable {
    private static final long serialVersionUID = 1;

    private final ExactSum weights = new ExactSum();
    private final ExactSum[] sums;
    private final ExactSum[] squares;
    /** The weights of the rows in which a column's value is missing; null if there are none. */
    private final ExactSum[] missing;

    /** Creates the sums of no rows. */
    public Moments(int columns) {
        missing = new ExactSum[columns];
        sums = Stream.generate(ExactSum::new).limit(columns).toArray(ExactSum[]::new);
        squares = Stream.generate(ExactSum::new).limit(columns).toArray(ExactSum[]::new);
    }

    /**
     * Adds the first values of a row, one per column. Each value must be within the range of a float. NaN stands for
     * a missing value.
     */
    public void add(double[] row, double weight) {
        weights.add(weight);
        for (int i = 0; i < sums.length; i++) {
            double value = row[i];
            if (Double.isNaN(value)) {
                missing(i).add(weight);
                continue;
            }
            double square = value * value;
            sums[i].add(weight * value);
            squares[i].add(weight * square);
            // the rounding error of the square
            squares[i].add(weight * Math.fma(value, value, -square));
        }
    }

    private ExactSum missing(int column) {
        if (missing[column] == null) {
            missing[column] = new ExactSum();
        }
        return missing[column];
    }

    /** Returns the weight, multiplied by 2¹⁰⁷⁴, of the rows in which a column has a value. */
    private BigInteger weight(int column) {
        return missing[column] == null ? weights.scaled() : weights.scaled().subtract(missing[column].scaled());
    }

    /** Adds all rows that were added to the other sums, and returns this object. */
    public Moments add(Moments other) {
        weights.add(other.weights);
        for (int i = 0; i < sums.length; i++) {
            sums[i].add(other.sums[i]);
            squares[i].add(other.squares[i]);
            if (other.missing[i] != null) {
                missing(i).add(other.missing[i]);
            }
        }
        return this;
    }

    /** Returns true if the total weight equals that of the other rows. */
    public boolean hasSameWeightAs(Moments other) {
        return weights.scaled().equals(other.weights.scaled());
    }

    /** Returns true if the total weight is zero. */
    public boolean hasZeroWeight() {
        return weights.scaled().signum() == 0;
    }

    /** Returns the weighted sum of the squared distances of a column's values from their mean. */
    public double spread(int column) {
        BigInteger sum = sums[column].scaled();
        BigInteger weight = weight(column);
        BigInteger spread = squares[column].scaled().subtract(sum.multiply(sum).divide(weight));
        return Math.max(0, ExactSum.value(spread));
    }

    /**
     * Returns the standardization that brings the values of columns [{@code from}, {@code until}) to mean 0 and
     * deviation 1. Columns without any value remain unchanged.
     */
    public Standardization standardization(int from, int until) {
        double[] means = new double[until - from];
        double[] deviations = new double[until - from];
        for (int i = 0; i < until - from; i++) {
            BigInteger weight = weight(from + i);
            if (weight.signum() == 0) {
                deviations[i] = 1;
                continue;
            }
            BigInteger sum = sums[from + i].scaled();
            BigInteger spread = squares[from + i].scaled().multiply(weight).subtract(sum.multiply(sum));
            means[i] = quotient(sum, weight).doubleValue();
            // rounding of the weighted values can make the spread slightly negative
            deviations[i] = spread.signum() <= 0
                    ? 1
                    : quotient(spread, weight.multiply(weight))
                            .sqrt(ExactSum.DIGITS)
                            .doubleValue();
        }
        return new Standardization(means, deviations);
    }

    /** Returns the weighted mean of the values in a column. */
    public double mean(int column) {
        return standardization(column, column + 1).mean()[0];
    }

    private static BigDecimal quotient(BigInteger numerator, BigInteger denominator) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), ExactSum.DIGITS);
    }
}
