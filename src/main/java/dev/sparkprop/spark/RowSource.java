package dev.sparkprop.spark;

import dev.sparkprop.data.FileData;
import dev.sparkprop.data.FileFormat;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of files as Spark reads them, with their file and split in the last two columns, and what makes examples of them. Lines
 * of text are cut into values here, not by Spark's readers of CSV and LIBSVM: those do not tell which line was bad.
 *
 * @param rows of all files
 * @param parser of a row
 * @param featureNames in the order of the net's inputs
 * @param featureColumns in which they are; none where columns have no names
 * @param kept what of a row goes out again
 */
record RowSource(
        JavaRDD<Row> rows, RowParser parser, List<String> featureNames, List<String> featureColumns, Kept kept) {

    /**
     * What of a row goes out again beside predictions.
     *
     * @param schema of it
     * @param from first cell of it in a row
     * @param cut whether that is a line of separated values, and they are what goes out
     */
    record Kept(StructType schema, int from, boolean cut) implements Serializable {
        private static Kept texts(List<String> names, boolean cut) {
            StructType schema = new StructType();
            for (String name : names) {
                schema = schema.add(name, DataTypes.StringType);
            }
            return new Kept(schema, 0, cut);
        }

        Object[] cells(Row row, FileData.Csv csv) {
            return cut
                    ? CsvParser.values(row.getString(0), csv).toArray()
                    : IntStream.range(from, from + schema.size())
                            .mapToObj(row::get)
                            .toArray();
        }
    }

    /** Opens files for what makes examples of them; reads no more of them than tells their columns. */
    static RowSource open(SparkSession session, FileData files) throws IOException {
        return open(session, files, false);
    }

    /** Opens files for all that is in them. */
    static RowSource openWhole(SparkSession session, FileData files) throws IOException {
        return open(session, files, true);
    }

    private static RowSource open(SparkSession session, FileData files, boolean whole) throws IOException {
        Configuration hadoop = session.sparkContext().hadoopConfiguration();
        InputFiles.require(files, hadoop);
        RowSource source =
                files.format() == FileFormat.PARQUET ? parquet(session, files, whole) : text(session, files, hadoop);
        if (source.rows().getNumPartitions() == 0) {
            throw FileExamples.noExamples(files);
        }
        return source;
    }

    private static RowSource text(SparkSession session, FileData files, Configuration hadoop) throws IOException {
        Dataset<Row> lines = session.read().text(files.paths().toArray(new String[0]));
        InputFiles.FirstLine first =
                InputFiles.firstLine(lines, hadoop).orElseThrow(() -> FileExamples.noExamples(files));
        JavaRDD<Row> rows = located(lines, List.of(functions.col("value")));
        if (files.format() == FileFormat.LIBSVM) {
            List<String> names = IntStream.rangeClosed(1, files.inputs())
                    .mapToObj(String::valueOf)
                    .toList();
            return new RowSource(
                    rows,
                    new LibsvmParser(files.inputs(), files.kind()),
                    names,
                    List.of(),
                    Kept.texts(List.of("line"), false));
        }
        Columns columns = csvColumns(files, first);
        return new RowSource(
                rows,
                new CsvParser(files.csv(), columns, first.file()),
                columns.featureNames(),
                columns.featureNames(),
                Kept.texts(columns.names(), true));
    }

    private static Columns csvColumns(FileData files, InputFiles.FirstLine first) {
        List<String> values = CsvParser.values(first.line(), files.csv());
        if (values.size() == 1 && !(files.inputs() == 1 && files.targets().isEmpty())) {
            String line = first.line();
            throw new BadDataException(first.file() + ":1: One column only, with data.separator = \""
                    + files.csv().separator() + "\"; the line is: "
                    + (line.length() > 100 ? line.substring(0, 100) + "…" : line) + separatorMeant(line));
        }
        List<String> names = files.csv().header()
                ? values.stream().map(String::strip).toList()
                : IntStream.range(0, values.size()).mapToObj(i -> "_c" + i).toList();
        if (names.stream().distinct().count() < names.size()) {
            String twice = names.stream()
                    .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                    .findFirst()
                    .orElseThrow();
            throw new BadDataException(first.file() + ":1: Two columns are called " + twice
                    + (files.csv().header() ? " (if the file has no header: data.header = false)" : ""));
        }
        Columns columns = Columns.of(names, files, first.file());
        Columns.checkInputs(files.inputs(), columns.featureNames(), first.file());
        return columns;
    }

    private static String separatorMeant(String line) {
        return Stream.of(";", "\t", "|", ",")
                .filter(line::contains)
                .findFirst()
                .map(found -> " (is it data.separator = \"" + found.replace("\t", "\\t") + "\"?)")
                .orElse("");
    }

    private static RowSource parquet(SparkSession session, FileData files, boolean whole) {
        Dataset<Row> table = session.read().parquet(files.paths().toArray(new String[0]));
        StructType schema = table.schema();
        String place = String.join(", ", files.paths());
        Columns columns = Columns.of(List.of(schema.fieldNames()), files, place);
        Stream.concat(columns.features().stream(), columns.kind().labels() ? Stream.of() : columns.targets().stream())
                .forEach(index -> requireNumbers(schema, index, place));
        List<Column> selected = new ArrayList<>();
        columns.features().forEach(index -> selected.add(column(schema, index)));
        columns.targets().forEach(index -> selected.add(column(schema, index)));
        if (columns.weight() >= 0) {
            selected.add(column(schema, columns.weight()));
        }
        Kept kept = new Kept(whole ? schema : new StructType(), selected.size(), false);
        IntStream.range(0, kept.schema().size()).forEach(index -> selected.add(column(schema, index)));
        List<Integer> widths = widths(table, columns, files);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            String name = columns.featureNames().get(i);
            int width = widths.get(i);
            boolean many = isMany(schema.apply(columns.features().get(i)).dataType());
            IntStream.range(0, width).forEach(e -> names.add(many ? name + "[" + e + "]" : name));
        }
        Columns.checkInputs(files.inputs(), names, place);
        return new RowSource(
                located(table, selected),
                new ParquetParser(columns, widths),
                List.copyOf(names),
                columns.featureNames(),
                kept);
    }

    private static Column column(StructType schema, int index) {
        return functions.col("`" + schema.fieldNames()[index].replace("`", "``") + "`");
    }

    private static boolean isMany(DataType type) {
        return type instanceof ArrayType || type.equals(SQLDataTypes.VectorType());
    }

    private static void requireNumbers(StructType schema, int index, String place) {
        DataType type = schema.apply(index).dataType();
        DataType element = type instanceof ArrayType array ? array.elementType() : type;
        if (!(element instanceof NumericType || element instanceof BooleanType || isMany(element))) {
            throw new BadDataException(place + ": Invalid column " + schema.fieldNames()[index] + ": "
                    + type.simpleString() + " (must be numbers, arrays of numbers or vectors)");
        }
    }

    /** Features in each column: of an array or vector as many as are left, or as the first of them has. */
    private static List<Integer> widths(Dataset<Row> table, Columns columns, FileData files) {
        StructType schema = table.schema();
        List<Integer> many = columns.features().stream()
                .filter(index -> isMany(schema.apply(index).dataType()))
                .toList();
        int single = columns.features().size() - many.size();
        return columns.features().stream()
                .map(index -> {
                    if (!many.contains(index)) {
                        return 1;
                    }
                    return many.size() == 1 ? Math.max(1, files.inputs() - single) : firstWidth(table, index);
                })
                .toList();
    }

    private static int firstWidth(Dataset<Row> table, int index) {
        Column column = column(table.schema(), index);
        List<Row> first = table.select(column).where(column.isNotNull()).takeAsList(1);
        if (first.isEmpty()) {
            return 0;
        }
        Object value = first.get(0).get(0);
        return value instanceof Vector vector ? vector.size() : ((scala.collection.Seq<?>) value).size();
    }

    private static JavaRDD<Row> located(Dataset<Row> table, List<Column> columns) {
        List<Column> selected = new ArrayList<>(columns);
        selected.add(functions.col("_metadata.file_path"));
        selected.add(functions.col("_metadata.file_block_start"));
        return table.select(selected.toArray(new Column[0])).toJavaRDD();
    }
}
