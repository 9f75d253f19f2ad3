package dev.sparkprop.spark.formats;

import dev.sparkprop.data.columns.ColumnRule;
import dev.sparkprop.data.columns.ColumnRules;
import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.columns.Feature;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.CellReader;
import dev.sparkprop.spark.files.Columns;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.KeptCells;
import dev.sparkprop.spark.files.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** The rows of a table that Spark reads. Spark reads the required columns, or all columns that it supports. */
final class TableSource {
    private final FileData data;
    private final String place;
    private final Dataset<Row> table;
    private final Map<String, String> unreadable;
    private final List<Column> positions;
    private final StructType schema;
    private final Columns columns;

    /**
     * Finds the columns of a table.
     *
     * @param place what messages call the table
     * @param unreadable the types of columns that Spark cannot read, by column name
     * @param positions the file of a row, and the start of its split
     */
    TableSource(
            FileData data, String place, Dataset<Row> table, Map<String, String> unreadable, List<Column> positions) {
        this.data = data;
        this.place = place;
        this.table = table;
        this.unreadable = unreadable;
        this.positions = positions;
        this.schema = table.schema();
        List<String> names = new ArrayList<>(List.of(schema.fieldNames()));
        names.addAll(unreadable.keySet());
        this.columns = Columns.of(names, data, place);
    }

    /**
     * Returns the rows.
     *
     * @param whole whether all columns are kept, to be written along with a prediction
     * @param version what identifies the version of the table, if it has any
     * @param notes notes for the user, one per line
     */
    RowSource rows(boolean whole, Optional<String> version, List<String> notes) {
        checkTypes();
        List<Column> selected = new ArrayList<>();
        columns.features().forEach(index -> selected.add(column(index)));
        columns.targets().forEach(index -> selected.add(column(index)));
        if (columns.weight() >= 0) {
            selected.add(column(columns.weight()));
        }
        KeptCells kept = new KeptColumns(whole ? schema : new StructType(), selected.size());
        IntStream.range(0, kept.schema().size()).forEach(index -> selected.add(column(index)));
        List<Integer> widths = widths();
        List<Feature> features = features(widths);
        return new RowSource(
                withPositions(selected),
                new TableParser(
                        columns, widths, CellReader.of(features, data.columns().nullValues())),
                features,
                columns.featureNames(),
                kept,
                version,
                notes);
    }

    private List<Feature> features(List<Integer> widths) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            String name = columns.featureNames().get(i);
            int index = columns.features().get(i);
            ColumnRule rule = data.columns().of(name);
            if (isMultiValued(type(index))) {
                for (int e = 0; e < widths.get(i); e++) {
                    features.add(
                            new Feature(name + "[" + e + "]", name, ColumnType.NUMBER, rule.missing(), rule.dates()));
                }
            } else {
                features.add(
                        Feature.of(name, rule.type().or(() -> declared(index)).orElseThrow(), rule));
            }
        }
        return List.copyOf(features);
    }

    /** Returns the type of a feature that follows from the type of its column; empty for text. */
    private Optional<ColumnType> declared(int index) {
        DataType type = type(index);
        if (type instanceof NumericType) {
            return Optional.of(ColumnType.NUMBER);
        } else if (type instanceof BooleanType) {
            return Optional.of(ColumnType.BOOLEAN);
        }
        return type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType
                ? Optional.of(ColumnType.DATE)
                : Optional.empty();
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
    private void checkTypes() {
        List<String> problems = new ArrayList<>();
        columns.features().stream()
                .filter(index -> index >= schema.size() || !isFeature(index))
                .forEach(index -> problems.add(invalid(
                        index, "must be numbers, booleans, dates, arrays of numbers or vectors" + hint(index))));
        if (!columns.kind().labels()) {
            columns.targets().stream()
                    .filter(index -> index >= schema.size() || !isNumbers(type(index)))
                    .forEach(index -> problems.add(invalid(index, "must be numbers")));
        }
        Stream.concat(
                        columns.kind().labels() ? columns.targets().stream() : Stream.of(),
                        Stream.of(columns.weight()).filter(index -> index >= 0))
                .filter(index -> index >= schema.size() || !isLabel(type(index)))
                .forEach(index -> problems.add(invalid(index, "must be text or numbers")));
        if (!problems.isEmpty()) {
            String hint = data.features().isEmpty() ? "\n(" + Columns.SELECT_FEATURES + ")" : "";
            throw new BadDataException(String.join("\n", problems) + hint);
        }
    }

    private boolean isFeature(int index) {
        DataType type = type(index);
        return isNumbers(type)
                || declared(index).isPresent()
                || type instanceof StringType
                        && data.columns().of(columns.names().get(index)).type().isPresent();
    }

    private String hint(int index) {
        if (index >= schema.size() || !(type(index) instanceof StringType)) {
            return "";
        }
        List<String> values =
                table.select(column(index)).where(column(index).isNotNull()).distinct().takeAsList(3).stream()
                        .map(row -> FileRow.shown(row.getString(0)))
                        .sorted()
                        .toList();
        return "; its values are such as " + String.join(", ", values) + ": add it to data.categorical";
    }

    private String invalid(int index, String allowed) {
        String name = columns.names().get(index);
        String type = index < schema.size() ? type(index).simpleString() : unreadable.get(name);
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
                    return multiValued.size() == 1 && plainWidth(single) > 0 ? plainWidth(single) : firstWidth(index);
                })
                .toList();
    }

    /** Returns the number of inputs that single-valued columns leave; 0 if it is unknown. */
    private int plainWidth(int single) {
        return data.columns().equals(ColumnRules.NONE) && data.inputs().isPresent()
                ? Math.max(1, data.inputs().getAsInt() - single)
                : 0;
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
        all.addAll(positions);
        return table.select(all.toArray(new Column[0])).toJavaRDD();
    }
}
