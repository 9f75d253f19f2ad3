package dev.sparkprop.spark.formats;

import dev.sparkprop.data.tables.FileData.Csv;
import dev.sparkprop.spark.files.KeptCells;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Keeps the values of a line of text.
 *
 * @param schema one text column for each value
 * @param csv the format of the line
 */
record KeptValues(StructType schema, Csv csv) implements KeptCells {
    static KeptValues of(List<String> names, Csv csv) {
        StructType schema = new StructType();
        for (String name : names) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return new KeptValues(schema, csv);
    }

    @Override
    public Object[] cells(Row row) {
        Object[] cells = new Object[schema.size()];
        if (row.get(0) instanceof String line) {
            List<String> values = CsvParser.values(line, csv);
            for (int i = 0; i < Math.min(cells.length, values.size()); i++) {
                cells[i] = values.get(i);
            }
        }
        return cells;
    }
}
