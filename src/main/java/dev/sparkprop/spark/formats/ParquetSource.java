package dev.sparkprop.spark.formats;

import dev.sparkprop.data.FileData;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.Columns;
import dev.sparkprop.spark.files.FileSystems;
import dev.sparkprop.spark.files.InputFiles;
import dev.sparkprop.spark.files.KeptCells;
import dev.sparkprop.spark.files.RowSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Opens Parquet files. Spark reads the required columns, or all columns that it supports. */
final class ParquetSource {
    private final FileData data;
    private final InputFiles input;
    private final String place;
    private final Dataset<Row> table;
    private final StructType schema;
    private final Columns columns;

    private ParquetSource(
            FileData data, InputFiles input, String place, Dataset<Row> table, StructType schema, Columns columns) {
        this.data = data;
        this.input = input;
        this.place = place;
        this.table = table;
        this.schema = schema;
        this.columns = columns;
    }

    static RowSource open(SparkSession session, FileData data, InputFiles input, boolean whole) throws IOException {
        for (Path path : input.roots()) {
            if (InputFiles.isHidden(path)) {
                throw new BadDataException(FileSystems.shown(path)
                        + ": Spark does not read Parquet files whose names start with _ or . (rename the file)");
            }
        }
        String place = String.join(", ", data.paths());
        ParquetColumns found = ParquetColumns.of(input.files().get(0), session);
        Dataset<Row> table = session.read()
                // patterns in names have been expanded already
                .option("__globPaths__", "false")
                .schema(found.readable())
                .parquet(input.roots().stream().map(Path::toString).toArray(String[]::new));
        StructType schema = table.schema();
        List<String> names = new ArrayList<>(List.of(schema.fieldNames()));
        names.addAll(found.unreadable().keySet());
        Columns columns = Columns.of(names, data, place);
        List<String> notes = new ArrayList<>(input.notes());
        if (whole && !found.unreadable().isEmpty()) {
            notes.add("Ignoring columns that Spark cannot read: " + found.unreadableText());
        }
        return new ParquetSource(
                        data, new InputFiles(input.roots(), input.files(), notes), place, table, schema, columns)
                .rows(found, whole);
    }

    private RowSource rows(ParquetColumns found, boolean whole) {
        checkTypes(found);
        List<Column> selected = new ArrayList<>();
        columns.features().forEach(index -> selected.add(column(index)));
        columns.targets().forEach(index -> selected.add(column(index)));
        if (columns.weight() >= 0) {
            selected.add(column(columns.weight()));
        }
        KeptCells kept = new KeptColumns(whole ? schema : new StructType(), selected.size());
        IntStream.range(0, kept.schema().size()).forEach(index -> selected.add(column(index)));
        List<Integer> widths = widths();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            String name = columns.featureNames().get(i);
            boolean multiValued = isMultiValued(type(columns.features().get(i)));
            IntStream.range(0, widths.get(i)).forEach(e -> names.add(multiValued ? name + "[" + e + "]" : name));
        }
        Columns.checkInputs(data.inputs(), names, data, place);
        return new RowSource(
                withPositions(selected),
                new ParquetParser(columns, widths),
                List.copyOf(names),
                columns.featureNames(),
                kept,
                input.notes());
    }

    private Column column(int index) {
        return functions.col("`" + columns.names().get(index).replace("`", "``") + "`");
    }

    private DataType type(int index) {
        return schema.apply(index).dataType();
    }

    private static boolean isMultiValued(DataType type) {
        return type instanceof ArrayType || type.equals(SQLDataTypes.VectorType());
    }

    /** Rejects columns whose types do not match their roles. The message lists all of them. */
    private void checkTypes(ParquetColumns found) {
        List<String> problems = new ArrayList<>();
        Stream.concat(columns.features().stream(), columns.kind().labels() ? Stream.of() : columns.targets().stream())
                .filter(index -> index >= schema.size() || !isNumbers(type(index)))
                .forEach(index -> problems.add(invalid(index, found, "must be numbers, arrays of numbers or vectors")));
        Stream.concat(
                        columns.kind().labels() ? columns.targets().stream() : Stream.of(),
                        Stream.of(columns.weight()).filter(index -> index >= 0))
                .filter(index -> index >= schema.size() || !isLabel(type(index)))
                .forEach(index -> problems.add(invalid(index, found, "must be text or numbers")));
        if (!problems.isEmpty()) {
            String hint = data.features().isEmpty() ? "\n(" + Columns.SELECT_FEATURES + ")" : "";
            throw new BadDataException(String.join("\n", problems) + hint);
        }
    }

    private String invalid(int index, ParquetColumns found, String allowed) {
        String name = columns.names().get(index);
        String type = index < schema.size()
                ? type(index).simpleString()
                : found.unreadable().get(name);
        return place + ": Invalid column " + name + ": " + type + " (" + allowed + ")";
    }

    private static boolean isNumbers(DataType type) {
        DataType element = type instanceof ArrayType array ? array.elementType() : type;
        return element instanceof NumericType || element instanceof BooleanType || isMultiValued(element);
    }

    private static boolean isLabel(DataType type) {
        return type instanceof NumericType
                || type instanceof BooleanType
                || type instanceof DateType
                || type instanceof StringType;
    }

    /**
     * Returns the number of features in each column. A single array or vector column provides all inputs that the
     * other columns do not. If there are several such columns, the first non-null value of each determines its
     * number.
     */
    private List<Integer> widths() {
        List<Integer> multiValued = columns.features().stream()
                .filter(index -> isMultiValued(type(index)))
                .toList();
        int single = columns.features().size() - multiValued.size();
        return columns.features().stream()
                .map(index -> {
                    if (!multiValued.contains(index)) {
                        return 1;
                    }
                    return multiValued.size() == 1 ? Math.max(1, data.inputs() - single) : firstWidth(index);
                })
                .toList();
    }

    private int firstWidth(int index) {
        Column column = column(index);
        List<Row> first = table.select(column).where(column.isNotNull()).takeAsList(1);
        if (first.isEmpty()) {
            return 0;
        }
        Object value = first.get(0).get(0);
        return value instanceof Vector vector ? vector.size() : ((scala.collection.Seq<?>) value).size();
    }

    private JavaRDD<Row> withPositions(List<Column> selected) {
        List<Column> all = new ArrayList<>(selected);
        all.add(functions.col("_metadata.file_path"));
        all.add(functions.col("_metadata.file_block_start"));
        return table.select(all.toArray(new Column[0])).toJavaRDD();
    }
}
