package dev.sparkprop.spark.files;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A part of a file that one reader reads.
 *
 * @param file the URL of the file, in Spark's format
 * @param start the position of the part in the file, in bytes
 */
public record Split(String file, long start) implements Serializable, Comparable<Split> {
    private static final Comparator<Split> ORDER =
            Comparator.comparing(Split::file).thenComparingLong(Split::start);

    @Override
    public int compareTo(Split other) {
        return ORDER.compare(this, other);
    }
}
