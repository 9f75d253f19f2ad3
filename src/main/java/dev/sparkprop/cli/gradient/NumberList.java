package dev.sparkprop.cli.gradient;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Formats the first few numbers of a list. */
final class NumberList {
    private static final int MAX_NUMBERS = 10;

    private NumberList() {}

    /** Returns the numbers, each after its name. The list of names may be empty. */
    static String of(double[] numbers, List<String> names) {
        String shown = IntStream.range(0, Math.min(MAX_NUMBERS, numbers.length))
                .mapToObj(i -> (names.isEmpty() ? "" : names.get(i) + " ") + shown(numbers[i]))
                .collect(Collectors.joining(", "));
        return numbers.length > MAX_NUMBERS ? shown + ", … (" + numbers.length + " numbers)" : shown;
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.6g", value);
    }
}
