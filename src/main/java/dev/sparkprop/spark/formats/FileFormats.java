package dev.sparkprop.spark.formats;

import dev.sparkprop.data.FileData;
import dev.sparkprop.data.FileFormat;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.InputFiles;
import dev.sparkprop.spark.files.ReadFailures;
import dev.sparkprop.spark.files.RowSource;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** Opens files of each format. */
public final class FileFormats {
    private FileFormats() {}

    /**
     * Opens files for training and scoring. Only the columns that the data definition uses are read.
     *
     * @throws java.nio.file.NoSuchFileException if a path matches no file
     * @throws BadDataException if the columns do not match, or there is no row
     */
    public static RowSource open(SparkSession session, FileData files) throws IOException {
        return open(session, files, false);
    }

    /**
     * Opens files with all their columns, which {@link RowSource#kept} provides. Throws the same exceptions as
     * {@link #open}.
     */
    public static RowSource openWhole(SparkSession session, FileData files) throws IOException {
        return open(session, files, true);
    }

    private static RowSource open(SparkSession session, FileData files, boolean whole) throws IOException {
        InputFiles input = InputFiles.of(files.paths(), session.sparkContext().hadoopConfiguration());
        if (input.files().isEmpty()) {
            throw ReadFailures.noExamples(files);
        }
        return files.format() == FileFormat.PARQUET
                ? ParquetSource.open(session, files, input, whole)
                : TextSource.open(session, files, input);
    }
}
