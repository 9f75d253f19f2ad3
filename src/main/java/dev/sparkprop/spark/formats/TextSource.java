package dev.sparkprop.spark.formats;

import dev.sparkprop.data.columns.ColumnRule;
import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.columns.Feature;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.CellReader;
import dev.sparkprop.spark.files.Columns;
import dev.sparkprop.spark.files.FileSystems;
import dev.sparkprop.spark.files.InputFiles;
import dev.sparkprop.spark.files.ReadFailures;
import dev.sparkprop.spark.files.RowSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Opens text files. Splits lines into values here, because Spark's readers do not report which line was bad. */
final class TextSource {
    private static final int SHOWN_CHARACTERS = 100;

    private TextSource() {}

    static RowSource open(SparkSession session, FileData data, InputFiles input) throws IOException {
        Configuration hadoop = session.sparkContext().hadoopConfiguration();
        TextFiles text = new TextFiles(input.files(), data.csv());
        Row first = text.firstRow(hadoop).orElseThrow(() -> ReadFailures.noExamples(data));
        JavaRDD<Row> rows = text.rows(session, hadoop);
        if (data.format() == FileFormat.LIBSVM) {
            int inputs = data.inputs()
                    .orElseThrow(() -> new BadDataException(
                            "network.layers must start with a number for libsvm files, which do not state it"));
            return new RowSource(
                    rows,
                    new LibsvmParser(inputs, data.kind()),
                    IntStream.rangeClosed(1, inputs)
                            .mapToObj(i -> Feature.number(String.valueOf(i)))
                            .toList(),
                    List.of(),
                    new KeptLine(),
                    Optional.empty(),
                    input.notes());
        }
        String file = FileSystems.shown(first.getString(1));
        if (first.get(0) instanceof BadLine bad) {
            throw new BadDataException(file + ":1: " + bad.problem());
        }
        Columns columns = columns(data, first.getString(0), file);
        List<Feature> features = columns.featureNames().stream()
                .map(name -> feature(name, data.columns().of(name)))
                .toList();
        CellReader cells = CellReader.of(features, data.columns().nullValues());
        return new RowSource(
                rows,
                new CsvParser(data.csv(), columns, cells, file),
                features,
                columns.featureNames(),
                KeptValues.of(columns.names(), data.csv()),
                Optional.empty(),
                input.notes());
    }

    private static Columns columns(FileData data, String line, String file) {
        List<String> values = CsvParser.values(line, data.csv());
        if (values.size() == 1
                && !(data.features().size() == 1 && data.targets().isEmpty())) {
            throw new BadDataException(file + ":1: only one column with data.separator = \""
                    + data.csv().separator() + "\"; the line is: "
                    + (line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "…" : line)
                    + separatorHint(line));
        }
        List<String> names = data.csv().header()
                ? values.stream().map(String::strip).toList()
                : IntStream.range(0, values.size()).mapToObj(i -> "_c" + i).toList();
        return Columns.of(names, data, file);
    }

    private static Feature feature(String name, ColumnRule rule) {
        return Feature.of(name, rule.type().orElse(ColumnType.NUMBER), rule);
    }

    private static String separatorHint(String line) {
        return Stream.of(";", "\t", "|", ",")
                .filter(line::contains)
                .findFirst()
                .map(found -> " (did you mean data.separator = \"" + found.replace("\t", "\\t") + "\"?)")
                .orElse("");
    }
}
