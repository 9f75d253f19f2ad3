package dev.sparkprop.data.tables;

import java.util.Map;
import java.util.Optional;

/**
 * A table that Spark's own readers provide. Either a table, a query or a format is given.
 *
 * @param table the name of a table in Spark's catalog, such as {@code db.sales}
 * @param query a query in Spark SQL
 * @param format the name of a reader, such as {@code orc} or {@code jdbc}
 * @param options the options of the reader
 */
public record SparkTable(
        Optional<String> table, Optional<String> query, Optional<String> format, Map<String, String> options) {
    /** A table whose name is given instead of a path. */
    public static final SparkTable NAMED_LATER =
            new SparkTable(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public SparkTable {
        options = Map.copyOf(options);
    }
}
