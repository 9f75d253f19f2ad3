package dev.sparkprop.data.columns;

import java.io.Serializable;

/**
 * A search for the value at a rank among the values of a column, without sorting them. Each pass over the values
 * counts them in buckets and narrows the search to one bucket. The values are ordered by keys, integers in the same
 * order as the values.
 *
 * @param column the position of the column
 * @param low the lowest key of the searched values
 * @param high the highest key of the searched values
 * @param rank the rank of the wanted value among the searched values, from 0
 * @param count the number of searched values
 */
public record RankSearch(int column, long low, long high, long rank, long count) implements Serializable {
    /** Starts a search among all values of a column. */
    public static RankSearch all(int column, long rank, long count) {
        return new RankSearch(column, key(Double.NEGATIVE_INFINITY), key(Double.POSITIVE_INFINITY), rank, count);
    }

    /** Returns the key of a value. Keys of −0 and 0 are equal. */
    public static long key(double value) {
        long bits = Double.doubleToRawLongBits(value + 0.0);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    /** Returns the value of a key. */
    public static double value(long key) {
        return Double.longBitsToDouble(key ^ (key >> 63 & Long.MAX_VALUE));
    }

    /** Returns true if the value has been found. */
    public boolean isFound() {
        return low == high;
    }

    /** Returns the value that has been found. */
    public double found() {
        return value(low);
    }

    /** Returns the search with its result. */
    RankSearch found(double value) {
        return new RankSearch(column, key(value), key(value), 0, 1);
    }

    /** Returns the bucket of a value, or −1 if it is not among the searched values. */
    int bucket(double value, int bits) {
        long key = key(value);
        return key < low || key > high ? -1 : (int) (key - low >>> shift(bits));
    }

    private int shift(int bits) {
        return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(high - low) - bits);
    }

    /**
     * Narrows the search to the bucket that contains the rank.
     *
     * @param counts the number of values in each of 2<sup>bits</sup> buckets
     */
    RankSearch narrow(long[] counts, int bits) {
        long below = 0;
        int bucket = 0;
        while (below + counts[bucket] <= rank) {
            below += counts[bucket++];
        }
        long from = low + ((long) bucket << shift(bits));
        long last = (1L << shift(bits)) - 1;
        // the distance to the highest key may exceed the range of signed numbers, and so may the end of the bucket
        long until = Long.compareUnsigned(high - from, last) < 0 ? high : from + last;
        return new RankSearch(column, from, until, rank - below, counts[bucket]);
    }
}
