package dev.sparkprop.data.columns;

import dev.sparkprop.data.ExactSum;
import dev.sparkprop.text.Label;
import dev.sparkprop.text.NumberText;
import java.io.Serializable;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * A summary of the values in one column. Profiles of parts can be combined in any order with the same result.
 *
 * <p>Each value is counted as one of a missing value, a word that usually stands for one, a number, a truth value, a
 * date or other text.
 */
public final class ColumnProfile implements Serializable {
    private static final long serialVersionUID = 1;

    /** Words that usually stand for missing values in columns of numbers. */
    private static final Set<String> PLACEHOLDERS = Set.of("na", "n/a", "nan", "none", "nil", "?", "-", ".", "missing");

    private static final DateText ANY_TIME = new DateText(ZoneOffset.UTC, true);

    /** Larger values cannot be added up exactly; they are not usable as features either. */
    private static final double MAX = Float.MAX_VALUE;

    private final ValueCounts<String> values = new ValueCounts<>();
    private final TreeMap<String, Long> placeholders = new TreeMap<>();
    private final ExactSum sum = new ExactSum();
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long missing;
    private long numbers;
    private long wholeNumbers;
    private long truthValues;
    private long dates;
    private long localTimes;
    private long texts;
    private long others;

    /** Adds a cell: text, a number, a boolean, a date or time, or null. */
    public void add(Object cell) {
        if (cell == null) {
            missing++;
        } else if (cell instanceof Number number) {
            addNumber(number.doubleValue(), Label.name(cell.toString()));
        } else if (cell instanceof Boolean) {
            truthValues++;
            values.add(cell.toString());
        } else if (cell instanceof String text) {
            addText(text.strip());
        } else if (cell instanceof java.util.Date || cell instanceof java.time.temporal.Temporal) {
            dates++;
            values.add(cell.toString());
        } else {
            others++;
        }
    }

    private void addText(String text) {
        String lowerCase = text.toLowerCase(Locale.ROOT);
        double number = NumberText.parse(text);
        if (text.isEmpty() || lowerCase.equals("null")) {
            missing++;
        } else if (PLACEHOLDERS.contains(lowerCase)) {
            placeholders.merge(text, 1L, Long::sum);
        } else if (Math.abs(number) <= MAX) {
            addNumber(number, Label.name(text));
        } else {
            values.add(Label.name(text));
            if (!Double.isNaN(TruthText.parse(text))) {
                truthValues++;
            } else if (!Double.isNaN(ANY_TIME.parse(text))) {
                dates++;
                localTimes += Double.isNaN(DateText.UTC.parse(text)) ? 1 : 0;
            } else {
                texts++;
            }
        }
    }

    private void addNumber(double number, String name) {
        if (Double.isNaN(number)) {
            placeholders.merge(name, 1L, Long::sum);
            return;
        } else if (Math.abs(number) > MAX) {
            others++;
            return;
        }
        numbers++;
        wholeNumbers += number == Math.rint(number) ? 1 : 0;
        sum.add(number);
        min = Math.min(min, number);
        max = Math.max(max, number);
        values.add(name);
    }

    /** Adds all cells that were added to the other profile, and returns this object. */
    public ColumnProfile add(ColumnProfile other) {
        values.add(other.values);
        other.placeholders.forEach((word, count) -> placeholders.merge(word, count, Long::sum));
        sum.add(other.sum);
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        missing += other.missing;
        numbers += other.numbers;
        wholeNumbers += other.wholeNumbers;
        truthValues += other.truthValues;
        dates += other.dates;
        localTimes += other.localTimes;
        texts += other.texts;
        others += other.others;
        return this;
    }

    /** Returns the number of cells with a value, excluding words that stand for a missing one. */
    public long present() {
        return numbers + truthValues + dates + texts + others;
    }

    /** Returns the number of cells. */
    public long rows() {
        return present() + missing + placeholderCount();
    }

    private long placeholderCount() {
        return placeholders.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the words in this column that stand for missing values, with their numbers of occurrences. */
    public Map<String, Long> placeholders() {
        return type().filter(type -> type != ColumnType.CATEGORY).isPresent() ? placeholders : Map.of();
    }

    /** Returns the number of missing values. In columns of numbers, booleans or dates, this includes placeholders. */
    public long missing() {
        return missing
                + placeholders().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the type of the column; empty if it has no value, or values that features cannot have. */
    public Optional<ColumnType> type() {
        long present = present();
        if (present == 0 || others > 0) {
            return Optional.empty();
        } else if (numbers == present) {
            return Optional.of(ColumnType.NUMBER);
        } else if (truthValues == present) {
            return Optional.of(ColumnType.BOOLEAN);
        }
        return Optional.of(dates == present ? ColumnType.DATE : ColumnType.CATEGORY);
    }

    /** Returns true if some values are times without a time zone. */
    public boolean needsZone() {
        return localTimes > 0;
    }

    /** Returns true if all values are whole numbers. */
    public boolean isWhole() {
        return numbers == present() && wholeNumbers == numbers;
    }

    /** Returns the number of different values; empty if there are more than can be counted. */
    public OptionalLong distinct() {
        return values.tooMany() ? OptionalLong.empty() : OptionalLong.of(values.size());
    }

    /** Returns the counts of the values in their order; empty if there are more than can be counted. */
    public TreeMap<String, Long> counts() {
        TreeMap<String, Long> counts = values.inOrder(Label.ORDER);
        if (type().equals(Optional.of(ColumnType.CATEGORY))) {
            counts.putAll(placeholders);
        }
        return counts;
    }

    /** Returns the mean of the numbers. */
    public double mean() {
        return sum.value() / numbers;
    }

    /** Returns the lowest number. */
    public double min() {
        return min;
    }

    /** Returns the highest number. */
    public double max() {
        return max;
    }
}
