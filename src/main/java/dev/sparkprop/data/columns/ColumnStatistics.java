package dev.sparkprop.data.columns;

import dev.sparkprop.data.Moments;
import dev.sparkprop.text.Label;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The statistics from which encodings are learned: exact sums of numbers, and counts of values. Statistics of parts
 * can be combined in any order with the same result.
 */
public final class ColumnStatistics implements Serializable {
    private static final long serialVersionUID = 1;

    private final Moments moments;
    private final long[] present;
    private final long[] missing;
    private final Map<Integer, ValueCounts<String>> categories = new TreeMap<>();
    private final Map<Integer, ValueCounts<Double>> numbers = new TreeMap<>();
    /** Null if labels are not counted. */
    private final ValueCounts<String> labels;

    /**
     * The statistics to collect. Columns are identified by their position.
     *
     * @param features the number of features as they are read
     * @param moments the number of leading columns whose means and deviations are needed; numeric targets follow the
     *     features
     * @param categories the columns whose categories are counted
     * @param numbers the columns whose numbers are counted
     * @param labels whether labels are counted
     */
    public record Needs(int features, int moments, List<Integer> categories, List<Integer> numbers, boolean labels)
            implements Serializable {
        /**
         * Returns the statistics that the encodings of features need.
         *
         * @param standardized the number of leading columns to standardize
         */
        public static Needs of(List<Feature> features, ColumnRules rules, int standardized, boolean labels) {
            boolean means = features.stream().anyMatch(feature -> feature.missing() == Missing.MEAN);
            return new Needs(
                    features.size(),
                    means ? Math.max(standardized, features.size()) : standardized,
                    positions(
                            features,
                            feature -> feature.type() == ColumnType.CATEGORY
                                    && rules.of(feature.column()).encoding() == CategoryEncoding.ONE_HOT),
                    positions(
                            features,
                            feature -> feature.type() != ColumnType.CATEGORY
                                    && feature.missing() == Missing.MOST_FREQUENT),
                    labels);
        }

        /** Returns statistics of weights only. */
        public static Needs weightsOnly(int features) {
            return new Needs(features, 0, List.of(), List.of(), false);
        }

        private static List<Integer> positions(List<Feature> features, Predicate<Feature> wanted) {
            return IntStream.range(0, features.size())
                    .filter(i -> wanted.test(features.get(i)))
                    .boxed()
                    .toList();
        }

        /** Returns statistics of weights only. */
        public Needs withoutValues() {
            return weightsOnly(features);
        }

        /** Returns true if only weights are collected. */
        public boolean isEmpty() {
            return moments == 0 && categories.isEmpty() && numbers.isEmpty() && !labels;
        }
    }

    /** Creates the statistics of no examples. */
    public ColumnStatistics(Needs needs) {
        this.moments = new Moments(needs.moments());
        this.present = new long[needs.features()];
        this.missing = new long[needs.features()];
        labels = needs.labels() ? new ValueCounts<>() : null;
        needs.categories().forEach(column -> categories.put(column, new ValueCounts<>()));
        needs.numbers().forEach(column -> numbers.put(column, new ValueCounts<>()));
    }

    /**
     * Adds an example.
     *
     * @param values the numbers of the features, NaN for missing ones and for categories, followed by numeric targets
     * @param names the categories of the features, null for missing ones and for numbers
     * @param label the label; null if targets are numbers
     */
    public void add(double[] values, String[] names, String label, double weight) {
        moments.add(values, weight);
        for (int i = 0; i < present.length; i++) {
            if (!Double.isNaN(values[i])) {
                present[i]++;
            } else if (names[i] == null) {
                missing[i]++;
            }
        }
        if (labels != null) {
            labels.add(label);
        }
        for (Map.Entry<Integer, ValueCounts<String>> counts : categories.entrySet()) {
            String name = names[counts.getKey()];
            if (name != null) {
                counts.getValue().add(name);
            }
        }
        for (Map.Entry<Integer, ValueCounts<Double>> counts : numbers.entrySet()) {
            double value = values[counts.getKey()];
            if (!Double.isNaN(value)) {
                counts.getValue().add(value + 0.0);
            }
        }
    }

    /** Adds all examples that were added to the other statistics, and returns this object. */
    public ColumnStatistics add(ColumnStatistics other) {
        moments.add(other.moments);
        for (int i = 0; i < present.length; i++) {
            present[i] += other.present[i];
            missing[i] += other.missing[i];
        }
        if (labels != null) {
            labels.add(other.labels);
        }
        categories.forEach((column, counts) -> counts.add(other.categories.get(column)));
        numbers.forEach((column, counts) -> counts.add(other.numbers.get(column)));
        return this;
    }

    /** Returns the sums over weights and numbers. */
    public Moments moments() {
        return moments;
    }

    /** Returns the number of examples of each label; empty if labels are not counted. */
    public Map<String, Long> labels() {
        return labels == null ? Map.of() : labels.inOrder(Label.ORDER);
    }

    /** Returns the number of examples that have a number in a column. */
    public long present(int column) {
        return present[column];
    }

    /** Returns the number of examples whose value in a column is missing. */
    long missing(int column) {
        return missing[column];
    }

    /** Returns the counts of the categories in a column. */
    ValueCounts<String> categories(int column) {
        return categories.get(column);
    }

    /** Returns the counts of the numbers in a column. */
    ValueCounts<Double> numbers(int column) {
        return numbers.get(column);
    }
}
