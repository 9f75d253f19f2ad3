package dev.sparkprop.spark.files;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a row is, as far as one who reads a part of a file can know.
 *
 * @param split of its file
 * @param position among the rows of that split, from 0
 */
public record Place(Split split, long position) implements Serializable, Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::split).thenComparingLong(Place::position);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
