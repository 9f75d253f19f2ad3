package dev.sparkprop.data.columns;

import dev.sparkprop.data.Standardization;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The encodings of all feature columns of a table, in the order of the network's inputs. Immutable. */
public final class Encodings implements Serializable {
    private static final long serialVersionUID = 1;

    private final ColumnEncoding[] columns;
    private final boolean plain;
    private final int width;

    /** Creates encodings, one per feature as it is read. */
    public Encodings(List<? extends ColumnEncoding> columns) {
        this.columns = columns.toArray(new ColumnEncoding[0]);
        this.plain = columns.stream().allMatch(Encodings::isIdentity);
        long features = columns.stream().mapToLong(ColumnEncoding::width).sum();
        if (features > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Invalid features: " + features + " (must be at most 2147483647)");
        }
        this.width = (int) features;
    }

    private static boolean isIdentity(ColumnEncoding column) {
        return column instanceof NumberEncoding && column.width() == 1 && !column.fills();
    }

    /** Creates encodings that leave numbers unchanged. */
    public static Encodings plain(List<String> names) {
        return new Encodings(names.stream().map(NumberEncoding::plain).toList());
    }

    /** Returns the encodings, one per feature as it is read. */
    public List<ColumnEncoding> columns() {
        return List.of(columns);
    }

    /** Returns true if all features are numbers that remain unchanged. */
    public boolean isPlain() {
        return plain;
    }

    /** Returns the number of features as they are read. */
    public int readFeatures() {
        return columns.length;
    }

    /** Returns the number of encoded features. */
    public int width() {
        return width;
    }

    /** Returns the names of the encoded features. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (ColumnEncoding column : columns) {
            names.addAll(column.names());
        }
        return names;
    }

    /** Returns the features as they are read. */
    public List<Feature> features() {
        return Arrays.stream(columns).map(ColumnEncoding::column).toList();
    }

    /**
     * Encodes an example.
     *
     * @param numbers the values of numbers, booleans and dates, one per feature as it is read; NaN for missing ones
     * @param categories the values of categories, one per feature as it is read; null for missing ones
     * @param into receives the encoded features
     */
    public void encode(double[] numbers, String[] categories, double[] into) {
        if (plain) {
            System.arraycopy(numbers, 0, into, 0, width);
            return;
        }
        int at = 0;
        for (int i = 0; i < columns.length; i++) {
            columns[i].encode(numbers[i], categories[i], into, at);
            at += columns[i].width();
        }
    }

    /** Returns the position of the first feature whose category was not among the training examples, or −1. */
    public int firstUnseen(String[] categories) {
        for (int i = 0; i < columns.length && !plain; i++) {
            if (categories[i] != null && !columns[i].knows(categories[i])) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns the standardization of the encoded features. Features that are 0 or 1 remain unchanged.
     *
     * @param read the standardization of the features as they are read
     */
    public Standardization standardization(Standardization read) {
        double[] mean = new double[width];
        double[] deviation = new double[width];
        Arrays.fill(deviation, 1);
        int at = 0;
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].hasNumber()) {
                mean[at] = read.mean()[i];
                deviation[at] = read.deviation()[i];
            }
            at += columns[i].width();
        }
        return new Standardization(mean, deviation);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Encodings encodings && Arrays.equals(columns, encodings.columns);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(columns);
    }
}
