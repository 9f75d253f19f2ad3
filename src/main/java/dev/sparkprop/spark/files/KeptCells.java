package dev.sparkprop.spark.files;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The cells of an input row that are written along with its prediction. */
public interface KeptCells extends Serializable {
    /** Returns the names and types of the cells. */
    StructType schema();

    /** Returns the cells of a row, one for each column of the schema. Cells that are missing in a bad row are null. */
    Object[] cells(Row row);
}
