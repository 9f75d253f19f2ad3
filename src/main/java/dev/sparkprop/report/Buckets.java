package dev.sparkprop.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * A sequence of any length in bounded memory. Each bucket initially contains one element. When there are too many
 * buckets, neighbours are joined in pairs. All buckets except the newest therefore contain the same number of
 * elements.
 */
final class Buckets<T> {
    private final int max;
    private final BinaryOperator<T> join;
    private final List<T> buckets = new ArrayList<>();
    private long elementsInEach = 1;
    private long elementsInNewest;

    /**
     * Creates an empty sequence.
     *
     * @param max the maximum number of buckets, an even number
     * @param join combines an element or bucket with the one that follows it
     */
    Buckets(int max, BinaryOperator<T> join) {
        this.max = max;
        this.join = join;
    }

    void add(T element) {
        int newest = buckets.size() - 1;
        if (newest >= 0 && elementsInNewest < elementsInEach) {
            buckets.set(newest, join.apply(buckets.get(newest), element));
            elementsInNewest++;
            return;
        }
        if (buckets.size() == max) {
            for (int i = 0; i < max / 2; i++) {
                buckets.set(i, join.apply(buckets.get(2 * i), buckets.get(2 * i + 1)));
            }
            buckets.subList(max / 2, max).clear();
            elementsInEach *= 2;
        }
        buckets.add(element);
        elementsInNewest = 1;
    }

    /** Returns the contents of the buckets, in the order of the sequence. */
    List<T> list() {
        return Collections.unmodifiableList(buckets);
    }
}
