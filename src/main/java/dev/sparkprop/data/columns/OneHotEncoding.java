package dev.sparkprop.data.columns;

import dev.sparkprop.text.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Encodes categories with one 0/1 feature each, then a feature for all other categories, then the indicator of a
 * missing value. A missing value that is not replaced by a category sets no feature of a category.
 */
public final class OneHotEncoding implements ColumnEncoding {
    private static final long serialVersionUID = 1;

    private final Feature column;
    private final Categories categories;
    private final String fill;
    private final boolean indicator;
    private final Map<String, Integer> numbers;

    /**
     * The categories of a column.
     *
     * @param names the names of the categories that have a feature, in order
     * @param counts the number of training examples of each
     * @param others the number of training examples in all other categories; they have a feature if it is above 0
     */
    public record Categories(List<String> names, List<Long> counts, long others) implements java.io.Serializable {
        public Categories {
            names = List.copyOf(names);
            counts = List.copyOf(counts);
            if (names.size() != counts.size()) {
                throw new IllegalArgumentException(
                        "Invalid counts: " + counts.size() + " (must be " + names.size() + ")");
            }
        }

        /** Returns the name of the most frequent category; the first of several. */
        Optional<String> mostFrequent() {
            int best = -1;
            for (int i = 0; i < names.size(); i++) {
                best = best < 0 || counts.get(i) > counts.get(best) ? i : best;
            }
            return best < 0 ? Optional.empty() : Optional.of(names.get(best));
        }
    }

    /**
     * Creates an encoding.
     *
     * @param column the column as it is read
     * @param fill the category that replaces missing values, if any
     * @param indicator whether a feature marks missing values
     */
    public OneHotEncoding(Feature column, Categories categories, Optional<String> fill, boolean indicator) {
        this.column = column;
        this.categories = categories;
        this.fill = fill.orElse(null);
        this.indicator = indicator;
        this.numbers = Label.numbers(categories.names());
    }

    /** Returns the categories. */
    public Categories categories() {
        return categories;
    }

    /** Returns the category that replaces missing values, if any. */
    public Optional<String> fill() {
        return Optional.ofNullable(fill);
    }

    /** Returns true if a feature marks missing values. */
    public boolean indicator() {
        return indicator;
    }

    @Override
    public Feature column() {
        return column;
    }

    private boolean hasOthers() {
        return categories.others() > 0;
    }

    @Override
    public int width() {
        return categories.names().size() + (hasOthers() ? 1 : 0) + (indicator ? 1 : 0);
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        categories.names().forEach(category -> names.add(column.name() + "=" + category));
        if (hasOthers()) {
            names.add(column.name() + " is another category");
        }
        if (indicator) {
            names.add(ColumnEncoding.indicatorName(column.name()));
        }
        return names;
    }

    @Override
    public boolean knows(String category) {
        return hasOthers() || numbers.containsKey(category);
    }

    @Override
    public void encode(double number, String category, double[] into, int at) {
        Arrays.fill(into, at, at + width(), 0);
        String filled = category == null ? fill : category;
        if (filled != null) {
            Integer known = numbers.get(filled);
            if (known != null) {
                into[at + known] = 1;
            } else if (hasOthers()) {
                into[at + categories.names().size()] = 1;
            }
        }
        if (indicator && category == null) {
            into[at + width() - 1] = 1;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OneHotEncoding encoding
                && column.equals(encoding.column)
                && categories.equals(encoding.categories)
                && Objects.equals(fill, encoding.fill)
                && indicator == encoding.indicator;
    }

    @Override
    public int hashCode() {
        return Objects.hash(column, categories, fill, indicator);
    }
}
