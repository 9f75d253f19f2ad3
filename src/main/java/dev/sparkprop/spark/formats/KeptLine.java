package dev.sparkprop.spark.formats;

import dev.sparkprop.spark.files.KeptCells;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Keeps a whole line of text, in a column {@code line}. */
record KeptLine() implements KeptCells {
    @Override
    public StructType schema() {
        return new StructType().add("line", DataTypes.StringType);
    }

    @Override
    public Object[] cells(Row row) {
        return new Object[] {row.get(0) instanceof String line ? line : null};
    }
}
