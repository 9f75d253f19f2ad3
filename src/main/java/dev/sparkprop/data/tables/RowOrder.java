package dev.sparkprop.data.tables;

import java.io.Serializable;
import java.util.List;

/**
 * The order in which the rows of a table are numbered.
 *
 * @param kind how rows are ordered
 * @param columns the names of the columns to order by; empty for other kinds
 */
public record RowOrder(Kind kind, List<String> columns) implements Serializable {
    /** How rows are ordered. */
    public enum Kind {
        /** By the places of the rows in their files; by content if the rows have no places. */
        AUTO,
        /** By a hash of the values, then by the values. The order of equal rows does not matter. */
        CONTENT,
        /** By columns whose values are different in all rows. */
        COLUMNS
    }

    /** The order of the files. */
    public static final RowOrder AUTO = new RowOrder(Kind.AUTO, List.of());

    /** The order by content. */
    public static final RowOrder CONTENT = new RowOrder(Kind.CONTENT, List.of());

    public RowOrder {
        columns = List.copyOf(columns);
    }

    /** Returns the order by columns. */
    public static RowOrder by(List<String> columns) {
        return new RowOrder(Kind.COLUMNS, columns);
    }
}
