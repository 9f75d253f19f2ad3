package dev.sparkprop.data;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;

/** Exact sums of weighted rows of numbers, from which mean and deviation of each column follow: the same for any partitions. */
public final class Moments implements Serializable {
    private static final long serialVersionUID = 1;

    private final ExactSum weights = new ExactSum();
    private final ExactSum[] sums;
    private final ExactSum[] squares;

    /** Of no rows yet. */
    public Moments(int columns) {
        sums = Stream.generate(ExactSum::new).limit(columns).toArray(ExactSum[]::new);
        squares = Stream.generate(ExactSum::new).limit(columns).toArray(ExactSum[]::new);
    }

    /** Adds the first values of a row, one for each column, each within the range of a float. */
    public void add(double[] row, double weight) {
        weights.add(weight);
        for (int i = 0; i < sums.length; i++) {
            double value = row[i];
            double square = value * value;
            sums[i].add(weight * value);
            squares[i].add(weight * square);
            // what rounding took from the square
            squares[i].add(weight * Math.fma(value, value, -square));
        }
    }

    /** Adds all rows that were added to others, here. */
    public Moments add(Moments other) {
        weights.add(other.weights);
        for (int i = 0; i < sums.length; i++) {
            sums[i].add(other.sums[i]);
            squares[i].add(other.squares[i]);
        }
        return this;
    }

    /** Whether the weights of all rows come to as much as those of others. */
    public boolean weighsAsMuchAs(Moments other) {
        return weights.scaled().equals(other.weights.scaled());
    }

    /** Whether the weights of all rows come to nothing. */
    public boolean weightless() {
        return weights.scaled().signum() == 0;
    }

    /** Weighted sum of the squared distances of a column's values from their mean. */
    public double spread(int column) {
        BigInteger sum = sums[column].scaled();
        BigInteger weight = weights.scaled();
        BigInteger spread = squares[column].scaled().subtract(sum.multiply(sum).divide(weight));
        return Math.max(0, ExactSum.value(spread));
    }

    /** What brings the columns from {@code from} to before {@code until} to mean 0 and deviation 1. */
    public Standardization standardization(int from, int until) {
        BigInteger weight = weights.scaled();
        double[] means = new double[until - from];
        double[] deviations = new double[until - from];
        for (int i = 0; i < until - from; i++) {
            BigInteger sum = sums[from + i].scaled();
            BigInteger spread = squares[from + i].scaled().multiply(weight).subtract(sum.multiply(sum));
            means[i] = quotient(sum, weight).doubleValue();
            // rounding of weighted values can leave a little less than nothing
            deviations[i] = spread.signum() <= 0
                    ? 1
                    : quotient(spread, weight.multiply(weight))
                            .sqrt(ExactSum.DIGITS)
                            .doubleValue();
        }
        return new Standardization(means, deviations);
    }

    private static BigDecimal quotient(BigInteger of, BigInteger by) {
        return new BigDecimal(of).divide(new BigDecimal(by), ExactSum.DIGITS);
    }
}
