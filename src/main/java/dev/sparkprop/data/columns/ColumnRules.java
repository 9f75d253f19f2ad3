package dev.sparkprop.data.columns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to read and encode all feature columns, according to the configuration.
 *
 * @param others the rule of columns that are not named
 * @param named rules by column name
 * @param nullValues the texts that stand for a missing value
 * @param unseen what to do with categories that are not among the training examples
 */
public record ColumnRules(ColumnRule others, Map<String, ColumnRule> named, List<String> nullValues, Unseen unseen) {
    /** Numbers that must not be missing. */
    public static final ColumnRules NONE =
            new ColumnRules(ColumnRule.PLAIN, Map.of(), List.of("", "null"), Unseen.OTHER);

    public ColumnRules {
        named = Map.copyOf(named);
        nullValues = List.copyOf(nullValues);
    }

    /** What to do with a category that is not among the training examples. */
    public enum Unseen {
        /** Encode it like all other rare categories, or as zeros if there are none. */
        OTHER,
        /** Treat the row as a bad row. */
        FAIL
    }

    /** Returns the names of the columns with a rule of their own, in alphabetical order. */
    public List<String> names() {
        return named.keySet().stream().sorted().toList();
    }

    /** Returns the rule of a column. */
    public ColumnRule of(String column) {
        return named.getOrDefault(column, others);
    }

    /** Returns a copy that treats rows with missing values as bad rows where it would skip them. */
    public ColumnRules withoutSkipping() {
        Map<String, ColumnRule> strict = new LinkedHashMap<>();
        named.forEach((column, rule) -> strict.put(column, strict(rule)));
        return new ColumnRules(strict(others), strict, nullValues, unseen);
    }

    private static ColumnRule strict(ColumnRule rule) {
        return rule.missing() == Missing.SKIP ? rule.withMissing(Missing.FAIL) : rule;
    }
}
