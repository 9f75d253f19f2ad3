package dev.sparkprop.data.columns;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts how often each value of a column occurs, up to a limit of different values. Counts can be combined in any
 * order with the same result.
 */
public final class ValueCounts<T> implements Serializable {
    private static final long serialVersionUID = 1;

    /** The number of different values to count. */
    public static final int MAX_VALUES = 100_000;

    private HashMap<T, long[]> counts = new HashMap<>();
    private boolean full;

    /** Counts a value. */
    public void add(T value) {
        add(value, 1);
    }

    private void add(T value, long count) {
        if (full) {
            return;
        }
        long[] known = counts.get(value);
        if (known != null) {
            known[0] += count;
        } else if (counts.size() == MAX_VALUES) {
            full = true;
            counts = new HashMap<>();
        } else {
            counts.put(value, new long[] {count});
        }
    }

    /** Adds all values that were counted by the other object. */
    public void add(ValueCounts<T> other) {
        if (other.full) {
            full = true;
            counts = new HashMap<>();
        }
        other.counts.forEach((value, count) -> add(value, count[0]));
    }

    /** Returns true if there are more different values than can be counted. Their counts are then unknown. */
    public boolean tooMany() {
        return full;
    }

    /** Returns the number of different values; 0 if there are too many. */
    int size() {
        return counts.size();
    }

    /** Returns the counts of the values, in the given order. */
    public TreeMap<T, Long> inOrder(Comparator<? super T> order) {
        TreeMap<T, Long> sorted = new TreeMap<>(order);
        for (Map.Entry<T, long[]> entry : counts.entrySet()) {
            sorted.put(entry.getKey(), entry.getValue()[0]);
        }
        return sorted;
    }
}
