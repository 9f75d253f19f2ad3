package dev.sparkprop.spark.files;

import java.io.Serializable;
import java.util.Comparator;

/**
 * The place of a row, relative to the split of its file. A reader of one split does not know the row's position in
 * the whole file.
 *
 * @param split the split of the file
 * @param position the position among the rows of the split, starting at 0
 */
public record Place(Split split, long position) implements Serializable, Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::split).thenComparingLong(Place::position);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
