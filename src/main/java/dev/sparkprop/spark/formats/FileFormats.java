package dev.sparkprop.spark.formats;

import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileData.Csv;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.InputFiles;
import dev.sparkprop.spark.files.ReadFailures;
import dev.sparkprop.spark.files.RowSource;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
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

    /** Returns true if rows have places in files, which are always the same. */
    public static boolean hasPlaces(FileData files) {
        return files.format() != FileFormat.SPARK || SparkSource.hasPlaces(files);
    }

    /** Returns the first line of text files; empty if they contain none. */
    public static Optional<String> firstLine(InputFiles input, Configuration hadoop) {
        return new TextFiles(input.files(), new Csv(true, ',', '"'))
                .firstRow(hadoop)
                .filter(row -> row.get(0) instanceof String)
                .map(row -> row.getString(0));
    }

    private static RowSource open(SparkSession session, FileData files, boolean whole) throws IOException {
        if (files.format() == FileFormat.SPARK) {
            return SparkSource.open(session, files, whole);
        }
        InputFiles input = InputFiles.of(files.paths(), session.sparkContext().hadoopConfiguration());
        if (input.files().isEmpty()) {
            throw ReadFailures.noExamples(files);
        }
        return files.format() == FileFormat.PARQUET
                ? ParquetSource.open(session, files, input, whole)
                : TextSource.open(session, files, input);
    }
}
