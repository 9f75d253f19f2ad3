package dev.sparkprop.spark.files;

import java.io.Serializable;
import java.util.Comparator;

/**
 * The part of a file that Spark reads in one go.
 *
 * @param file as Spark writes it, a URL
 * @param start byte in the file at which the part begins
 */
public record Split(String file, long start) implements Serializable, Comparable<Split> {
    private static final Comparator<Split> ORDER =
            Comparator.comparing(Split::file).thenComparingLong(Split::start);

    @Override
    public int compareTo(Split other) {
        return ORDER.compare(this, other);
    }
}
