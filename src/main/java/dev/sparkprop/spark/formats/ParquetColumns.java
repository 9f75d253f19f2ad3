package dev.sparkprop.spark.formats;

import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.FileSystems;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.Footer;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a Parquet file.
 *
 * @param readable the columns that Spark can read
 * @param unreadable the types of all other columns, by column name
 */
record ParquetColumns(StructType readable, Map<String, String> unreadable) {
    /** Reads the columns from the footer of a file. */
    static ParquetColumns of(FileStatus file, SparkSession session) throws IOException {
        Configuration hadoop = session.sparkContext().hadoopConfiguration();
        ParquetToSparkSchemaConverter converter =
                new ParquetToSparkSchemaConverter(((org.apache.spark.sql.classic.SparkSession) session)
                        .sessionState()
                        .conf());
        ParquetMetadata footer = footer(file, hadoop);
        try {
            // recognizes vectors in files that Spark has written
            StructType all = ParquetFileFormat.readSchemaFromFooter(new Footer(file.getPath(), footer), converter);
            return new ParquetColumns(all, Map.of());
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            // convert the columns one by one below
        }
        StructType readable = new StructType();
        Map<String, String> unreadable = new LinkedHashMap<>();
        MessageType message = footer.getFileMetaData().getSchema();
        for (Type column : message.getFields()) {
            try {
                for (StructField field : converter
                        .convert(new MessageType(message.getName(), List.of(column)))
                        .fields()) {
                    readable = readable.add(field);
                }
            } catch (Exception e) {
                unreadable.put(column.getName(), typeText(column));
            }
        }
        return new ParquetColumns(readable, unreadable);
    }

    private static ParquetMetadata footer(FileStatus file, Configuration hadoop) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop))) {
            return reader.getFooter();
        } catch (RuntimeException e) {
            throw new BadDataException("Cannot read " + FileSystems.shown(file.getPath()) + ": "
                    + firstLine(String.valueOf(e.getMessage())));
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String typeText(Type column) {
        if (!column.isPrimitive()) {
            return "group";
        }
        String physical = String.valueOf(column.asPrimitiveType().getPrimitiveTypeName());
        return column.getLogicalTypeAnnotation() == null
                ? physical
                : physical + " " + column.getLogicalTypeAnnotation();
    }

    /** Returns the names and types of the columns that Spark cannot read. */
    String unreadableText() {
        return unreadable.entrySet().stream()
                .map(column -> column.getKey() + " (" + column.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
