package dev.sparkprop.data.columns;

import java.io.Serializable;

/**
 * A feature as it is read from a file, before it is encoded.
 *
 * @param name the name of the feature: that of its column, followed by a position if the column contains several
 *     numbers
 * @param column the name of its column; empty if columns have no names
 * @param type the type of the column
 * @param missing what to do with missing values
 * @param dates how to read dates
 */
public record Feature(String name, String column, ColumnType type, Missing missing, DateText dates)
        implements Serializable {
    /** Creates a number that must not be missing. */
    public static Feature number(String name) {
        return new Feature(name, name, ColumnType.NUMBER, Missing.FAIL, DateText.UTC);
    }

    /** Creates the only feature of a column. */
    public static Feature of(String column, ColumnType type, ColumnRule rule) {
        return new Feature(column, column, type, rule.missing(), rule.dates());
    }
}
