package dev.sparkprop.data.columns;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What one pass over the values of a column collects for a search: all searched values if they are few, and otherwise
 * their number in each bucket. Results of parts can be combined in any order.
 */
public final class RankCounts implements Serializable {
    private static final long serialVersionUID = 1;

    private final RankSearch search;
    private final int bits;
    /** Null if values are collected. */
    private final long[] counts;

    private double[] values = new double[0];
    private int collected;

    /**
     * Starts a pass.
     *
     * @param bits 2<sup>bits</sup> is the number of buckets, and the number of values that are few
     */
    public RankCounts(RankSearch search, int bits) {
        this.search = search;
        this.bits = bits;
        this.counts = search.count() > 1L << bits ? new long[1 << bits] : null;
    }

    /** Adds a row's value, unless it is missing. */
    public void add(double[] row) {
        double value = row[search.column()];
        int bucket = Double.isNaN(value) ? -1 : search.bucket(value, bits);
        if (bucket >= 0 && counts != null) {
            counts[bucket]++;
        } else if (bucket >= 0) {
            if (collected == values.length) {
                values = Arrays.copyOf(values, Math.max(16, 2 * collected));
            }
            values[collected++] = value;
        }
    }

    /** Adds the values of another part, and returns this object. */
    public RankCounts add(RankCounts other) {
        for (int bucket = 0; counts != null && bucket < counts.length; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
        values = Arrays.copyOf(values, collected + other.collected);
        System.arraycopy(other.values, 0, values, collected, other.collected);
        collected += other.collected;
        return this;
    }

    /** Returns the search after this pass. */
    public RankSearch narrowed() {
        if (counts != null) {
            return search.narrow(counts, bits);
        }
        double[] sorted = Arrays.copyOf(values, collected);
        Arrays.sort(sorted);
        return search.found(sorted[(int) search.rank()]);
    }
}
