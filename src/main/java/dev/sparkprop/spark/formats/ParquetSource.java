package dev.sparkprop.spark.formats;

import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.FileSystems;
import dev.sparkprop.spark.files.InputFiles;
import dev.sparkprop.spark.files.RowSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Opens Parquet files. */
final class ParquetSource {
    private ParquetSource() {}

    static RowSource open(SparkSession session, FileData data, InputFiles input, boolean whole) throws IOException {
        for (Path path : input.roots()) {
            if (InputFiles.isHidden(path)) {
                throw new BadDataException(FileSystems.shown(path)
                        + ": Spark does not read Parquet files whose names start with _ or . (rename the file)");
            }
        }
        ParquetColumns found = ParquetColumns.of(input.files().get(0), session);
        Dataset<Row> table = session.read()
                // patterns in names have been expanded already
                .option("__globPaths__", "false")
                .schema(found.readable())
                .parquet(input.roots().stream().map(Path::toString).toArray(String[]::new));
        List<String> notes = new ArrayList<>(input.notes());
        if (whole && !found.unreadable().isEmpty()) {
            notes.add("Ignoring columns that Spark cannot read: " + found.unreadableText());
        }
        return new TableSource(data, data.place(), table, found.unreadable(), positions())
                .rows(whole, Optional.empty(), notes);
    }

    /** Returns the position of a row in its file. */
    static List<Column> positions() {
        return List.of(functions.col("_metadata.file_path"), functions.col("_metadata.file_block_start"));
    }
}
