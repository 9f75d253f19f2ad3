package dev.sparkprop.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Detects features of different magnitudes. A learning rate that suits the weights of one feature is then too large
 * or too small for those of another. In addition, the largest features alone saturate units.
 */
final class FeatureSizes {
    static final String NAME = "feature-sizes";

    /** Minimum ratio between the root mean squares of two features. */
    private static final double MIN_RATIO = 100;

    private static final int MAX_NAMED = 3;

    private FeatureSizes() {}

    private record Size(String name, double size) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s (%.2g)", name, size);
        }
    }

    /**
     * Returns the diagnosis, if it applies.
     *
     * @param names the names of the features; if empty, their numbers are used
     * @param examples the features of each example
     */
    static Optional<String> text(List<String> names, List<double[]> examples) {
        if (examples.isEmpty()) {
            return Optional.empty();
        }
        List<Size> sizes = IntStream.range(0, examples.get(0).length)
                .mapToObj(i -> new Size(names.isEmpty() ? String.valueOf(i + 1) : names.get(i), size(examples, i)))
                // the weights of a feature that is always 0 cannot learn
                .filter(size -> size.size > 0)
                .sorted(Comparator.comparingDouble(Size::size).reversed())
                .toList();
        if (sizes.size() < 2 || sizes.get(0).size < MIN_RATIO * sizes.get(sizes.size() - 1).size) {
            return Optional.empty();
        }
        List<Size> large = sizes.stream()
                .filter(size -> size.size * MIN_RATIO > sizes.get(0).size)
                .limit(MAX_NAMED)
                .toList();
        List<Size> small = sizes.stream()
                .filter(size -> size.size < MIN_RATIO * sizes.get(sizes.size() - 1).size && !large.contains(size))
                .sorted(Comparator.comparingDouble(Size::size))
                .limit(MAX_NAMED)
                .toList();
        return Optional.of("Features differ in magnitude: " + list(large) + " and " + list(small)
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
