package dev.sparkprop.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Features that differ in magnitude: a learning rate that suits the weights of one is too long or too short for those of another,
 * and units are saturated by the largest alone.
 */
final class FeatureSizes {
    static final String NAME = "feature-sizes";

    /** Between the root mean squares of two features. */
    private static final double ORDERS = 100;

    private static final int NAMED = 3;

    private FeatureSizes() {}

    private record Size(String name, double size) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s (%.2g)", name, size);
        }
    }

    /**
     * The words for it, if it is so.
     *
     * @param names of the features; if none, their numbers
     * @param examples features of each
     */
    static Optional<String> text(List<String> names, List<double[]> examples) {
        if (examples.isEmpty()) {
            return Optional.empty();
        }
        List<Size> sizes = IntStream.range(0, examples.get(0).length)
                .mapToObj(i -> new Size(names.isEmpty() ? String.valueOf(i + 1) : names.get(i), size(examples, i)))
                // those that are always 0 have no weight to learn
                .filter(size -> size.size > 0)
                .sorted(Comparator.comparingDouble(Size::size).reversed())
                .toList();
        if (sizes.size() < 2 || sizes.get(0).size < ORDERS * sizes.get(sizes.size() - 1).size) {
            return Optional.empty();
        }
        List<Size> large = sizes.stream()
                .filter(size -> size.size * ORDERS > sizes.get(0).size)
                .limit(NAMED)
                .toList();
        List<Size> small = sizes.stream()
                .filter(size -> size.size < ORDERS * sizes.get(sizes.size() - 1).size && !large.contains(size))
                .sorted(Comparator.comparingDouble(Size::size))
                .limit(NAMED)
                .toList();
        return Optional.of("Features differ in magnitude: " + list(large) + " beside " + list(small)
                + " (root mean squares). Set data.standardize = true.");
    }

    private static String list(List<Size> sizes) {
        return sizes.stream().map(Size::toString).collect(Collectors.joining(", "));
    }

    private static double size(List<double[]> examples, int feature) {
        return Math.sqrt(examples.stream()
                .mapToDouble(example -> example[feature] * example[feature])
                .average()
                .orElse(0));
    }
}
