package dev.sparkprop.data.columns;

import dev.sparkprop.text.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Learns encodings from the statistics of the training examples. */
public final class LearnedEncodings {
    /** More categories of one column would make the first layer very wide. */
    static final int MAX_CATEGORIES = 1_000;

    private final ColumnRules rules;
    private final ColumnStatistics statistics;
    private final Map<Integer, Double> medians;

    private LearnedEncodings(ColumnRules rules, ColumnStatistics statistics, Map<Integer, Double> medians) {
        this.rules = rules;
        this.statistics = statistics;
        this.medians = medians;
    }

    /**
     * Returns the encodings of features.
     *
     * @param features the features as they are read
     * @param medians the medians of the columns whose missing values are replaced by it, by position
     * @throws IllegalArgumentException if a column has no value or too many categories; the message names the column
     *     and a remedy
     */
    public static Encodings of(
            List<Feature> features, ColumnRules rules, ColumnStatistics statistics, Map<Integer, Double> medians) {
        LearnedEncodings learned = new LearnedEncodings(rules, statistics, medians);
        List<ColumnEncoding> encodings = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            encodings.add(learned.encoding(i, features.get(i)));
        }
        return new Encodings(encodings);
    }

    private ColumnEncoding encoding(int column, Feature feature) {
        ColumnRule rule = rules.of(feature.column());
        boolean indicator = rule.missingIndicator() && feature.missing().fills() && statistics.missing(column) > 0;
        if (feature.type() != ColumnType.CATEGORY) {
            List<DatePart> parts = feature.type() == ColumnType.DATE ? rule.parts() : List.of();
            return new NumberEncoding(feature, fill(column, feature), parts, indicator);
        } else if (rule.encoding() == CategoryEncoding.HASH) {
            return new HashEncoding(feature, rule.buckets(), indicator);
        }
        OneHotEncoding.Categories categories = categories(column, feature, rule);
        Optional<String> fill =
                feature.missing() == Missing.MOST_FREQUENT ? categories.mostFrequent() : Optional.empty();
        return new OneHotEncoding(feature, categories, fill, indicator);
    }

    private double fill(int column, Feature feature) {
        boolean computed = feature.missing().fills() && feature.missing() != Missing.ZERO;
        if (computed && statistics.present(column) == 0) {
            throw noValue(feature);
        }
        return switch (feature.missing()) {
            case FAIL, SKIP -> Double.NaN;
            case ZERO -> 0;
            case MEAN -> statistics.moments().mean(column);
            case MEDIAN -> medians.get(column);
            case MOST_FREQUENT -> mode(column, feature);
        };
    }

    private double mode(int column, Feature feature) {
        ValueCounts<Double> counts = statistics.numbers(column);
        if (counts.tooMany()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Column %s has more than %,d different values, so its most frequent value is not computed (set missing"
                            + " = median)",
                    feature.name(),
                    ValueCounts.MAX_VALUES));
        }
        return mostFrequent(counts.inOrder(Comparator.naturalOrder()));
    }

    private static <T> T mostFrequent(TreeMap<T, Long> counts) {
        T best = counts.firstKey();
        for (Map.Entry<T, Long> entry : counts.entrySet()) {
            best = entry.getValue() > counts.get(best) ? entry.getKey() : best;
        }
        return best;
    }

    private OneHotEncoding.Categories categories(int column, Feature feature, ColumnRule rule) {
        ValueCounts<String> counts = statistics.categories(column);
        List<String> names = new ArrayList<>();
        List<Long> examples = new ArrayList<>();
        long others = 0;
        for (Map.Entry<String, Long> entry : counts.inOrder(Label.ORDER).entrySet()) {
            if (entry.getValue() >= rule.minCount()) {
                names.add(entry.getKey());
                examples.add(entry.getValue());
            } else {
                others += entry.getValue();
            }
        }
        if (counts.tooMany() || names.size() > MAX_CATEGORIES) {
            throw tooMany(feature, counts.tooMany() ? ValueCounts.MAX_VALUES : names.size(), counts.tooMany());
        } else if (names.isEmpty() && others == 0) {
            throw noValue(feature);
        }
        return new OneHotEncoding.Categories(names, examples, others);
    }

    private static IllegalArgumentException tooMany(Feature feature, int count, boolean more) {
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "Column %s has %s%,d categories (must be at most %,d; set its encoding = hash, raise its min-count, or"
                        + " exclude it with data.exclude)",
                feature.name(),
                more ? "more than " : "",
                count,
                MAX_CATEGORIES));
    }

    private static IllegalArgumentException noValue(Feature feature) {
        return new IllegalArgumentException(
                "Column " + feature.name() + " has no value in any training example (exclude it with data.exclude)");
    }
}
