package dev.sparkprop.data.columns;

import java.util.List;
import java.util.Optional;

/**
 * How to read and encode a column, according to the configuration.
 *
 * @param type the type; empty for the type that the file declares, which is a number in text files
 * @param encoding the encoding of categories
 * @param buckets the number of features of a hash encoding
 * @param minCount the lowest number of training examples for which a category has a feature of its own
 * @param missing what to do with missing values
 * @param missingIndicator whether a 0/1 feature marks missing values, if the training examples have any
 * @param parts the parts of dates that are features
 * @param dates the time zone of dates
 */
public record ColumnRule(
        Optional<ColumnType> type,
        CategoryEncoding encoding,
        int buckets,
        int minCount,
        Missing missing,
        boolean missingIndicator,
        List<DatePart> parts,
        DateText dates) {
    /** The rule of numbers that must not be missing. */
    public static final ColumnRule PLAIN = new ColumnRule(
            Optional.empty(), CategoryEncoding.ONE_HOT, 64, 1, Missing.FAIL, false, List.of(), DateText.UTC);

    public ColumnRule {
        parts = List.copyOf(parts);
    }

    /** Returns a copy with the given type. */
    public ColumnRule withType(ColumnType other) {
        return new ColumnRule(Optional.of(other), encoding, buckets, minCount, missing, missingIndicator, parts, dates);
    }

    /** Returns a copy with another treatment of missing values. */
    public ColumnRule withMissing(Missing other) {
        return new ColumnRule(type, encoding, buckets, minCount, other, missingIndicator, parts, dates);
    }
}
