package dev.sparkprop.spark.formats;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The version of a table that keeps its earlier versions. It is read by number, so that all passes over the table see
 * the same rows.
 *
 * @param provider {@code delta} or {@code iceberg}
 * @param number the version of a Delta table, or the snapshot of an Iceberg table
 */
record TableVersion(String provider, long number) {
    private static final String DELTA = "delta";
    private static final String ICEBERG = "iceberg";

    /** Returns the current version of the table at a path. */
    static Optional<TableVersion> ofPath(SparkSession session, String format, Path path) {
        if (!format.equals(DELTA)) {
            return Optional.empty();
        }
        // a relative path would be the name of a table
        String absolute = path.makeQualified(URI.create("file:///"), new Path(System.getProperty("user.dir")))
                .toString();
        return number(session, "DESCRIBE HISTORY delta.`" + absolute.replace("`", "``") + "` LIMIT 1", "version")
                .map(number -> new TableVersion(DELTA, number));
    }

    /** Returns the current version of a table in a catalog. */
    static Optional<TableVersion> ofTable(SparkSession session, String table) {
        return provider(session, table).flatMap(provider -> switch (provider) {
            case DELTA ->
                number(session, "DESCRIBE HISTORY " + table + " LIMIT 1", "version")
                        .map(number -> new TableVersion(DELTA, number));
            case ICEBERG ->
                number(
                                session,
                                "SELECT snapshot_id FROM " + table + ".snapshots ORDER BY committed_at DESC LIMIT 1",
                                "snapshot_id")
                        .map(number -> new TableVersion(ICEBERG, number));
            default -> Optional.empty();
        });
    }

    private static Optional<String> provider(SparkSession session, String table) {
        return rows(session, "DESCRIBE TABLE EXTENDED " + table).stream()
                .filter(row -> "Provider".equals(row.getString(0)))
                .map(row -> row.getString(1).toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static Optional<Long> number(SparkSession session, String query, String column) {
        return rows(session, query).stream()
                .map(row -> row.<Number>getAs(column).longValue())
                .findFirst();
    }

    /** Returns the rows of a query; none if this Spark cannot run it for this table. */
    private static List<Row> rows(SparkSession session, String query) {
        try {
            return session.sql(query).takeAsList(1_000);
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            return List.of();
        }
    }

    /** Returns a query for all rows of this version. */
    String query(String table) {
        return "SELECT * FROM " + table + " VERSION AS OF " + number;
    }

    @Override
    public String toString() {
        return provider + (provider.equals(ICEBERG) ? " snapshot " : " version ") + number;
    }
}
