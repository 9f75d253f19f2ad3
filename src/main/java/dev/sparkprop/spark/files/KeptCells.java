package dev.sparkprop.spark.files;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The cells of an input row that are written again beside its prediction. */
public interface KeptCells extends Serializable {
    /** Names and types of the cells. */
    StructType schema();

    /** The cells of a row, as many as the schema has columns; null for those that a bad row does not have. */
    Object[] cells(Row row);
}
