package dev.sparkprop.spark.formats;

import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.SparkTable;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.FileSystems;
import dev.sparkprop.spark.files.RowSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Opens tables, queries and formats that Spark's own readers provide. */
final class SparkSource {
    /** Formats whose rows have a place in a file. */
    private static final Set<String> FILES = Set.of("orc", "json", "avro", "parquet", "csv", "text");

    /** Options that select a version, in lower case. */
    private static final Set<String> VERSION_OPTIONS = Set.of("versionasof", "timestampasof", "snapshot-id");

    private SparkSource() {}

    static RowSource open(SparkSession session, FileData data, boolean whole) {
        SparkTable source = data.table().orElseThrow();
        List<Column> positions = hasPlaces(data)
                ? ParquetSource.positions()
                : List.of(
                        functions.lit("table"),
                        functions.spark_partition_id().plus(1).cast(DataTypes.LongType));
        Optional<TableVersion> version = version(session, data, source);
        return new TableSource(data, data.place(), table(session, data, source, version), Map.of(), positions)
                .rows(whole, version.map(TableVersion::toString), List.of());
    }

    /** Returns true if the rows of a table have a place in a file. */
    static boolean hasPlaces(FileData data) {
        return data.table().flatMap(SparkTable::format).filter(FILES::contains).isPresent();
    }

    /** Returns the name of a table in Spark's catalog. A command names it in place of a path. */
    private static Optional<String> name(FileData data, SparkTable source) {
        if (source.format().isPresent() || source.query().isPresent()) {
            return Optional.empty();
        } else if (data.paths().size() > 1) {
            throw new BadDataException("Cannot read " + data.place() + " together (name a single table)");
        }
        return data.paths().stream().findFirst().or(source::table);
    }

    private static Optional<TableVersion> version(SparkSession session, FileData data, SparkTable source) {
        Optional<String> name = name(data, source);
        if (name.isPresent()) {
            return TableVersion.ofTable(session, name.get());
        }
        boolean isPinned = source.options().keySet().stream()
                .anyMatch(option -> VERSION_OPTIONS.contains(option.toLowerCase(Locale.ROOT)));
        return data.paths().size() == 1 && source.format().isPresent() && !isPinned
                ? TableVersion.ofPath(
                        session,
                        source.format().get(),
                        FileSystems.path(data.paths().get(0)))
                : Optional.empty();
    }

    private static Dataset<Row> table(
            SparkSession session, FileData data, SparkTable source, Optional<TableVersion> version) {
        try {
            Optional<String> name = name(data, source);
            if (name.isPresent()) {
                return version.map(pinned -> session.sql(pinned.query(name.get())))
                        .orElseGet(() -> session.table(name.get()));
            } else if (source.query().isPresent()) {
                return session.sql(source.query().get());
            }
            DataFrameReader reader =
                    session.read().format(source.format().orElseThrow()).options(source.options());
            version.ifPresent(pinned -> reader.option("versionAsOf", pinned.number()));
            return data.paths().isEmpty()
                    ? reader.load()
                    : reader.load(data.paths().toArray(new String[0]));
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new BadDataException("Cannot read " + data.place() + ": " + reason);
        }
    }
}
