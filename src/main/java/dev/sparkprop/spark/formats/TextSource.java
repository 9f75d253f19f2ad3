package dev.sparkprop.spark.formats;

import dev.sparkprop.data.FileData;
import dev.sparkprop.data.FileFormat;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.Columns;
import dev.sparkprop.spark.files.FileSystems;
import dev.sparkprop.spark.files.InputFiles;
import dev.sparkprop.spark.files.ReadFailures;
import dev.sparkprop.spark.files.RowSource;
import java.io.IOException;
import java.util.List;
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
            List<String> names = IntStream.rangeClosed(1, data.inputs())
                    .mapToObj(String::valueOf)
                    .toList();
            return new RowSource(
                    rows,
                    new LibsvmParser(data.inputs(), data.kind()),
                    names,
                    List.of(),
                    new KeptLine(),
                    input.notes());
        }
        String file = FileSystems.shown(first.getString(1));
        if (first.get(0) instanceof BadLine bad) {
            throw new BadDataException(file + ":1: " + bad.problem());
        }
        Columns columns = columns(data, first.getString(0), file);
        return new RowSource(
                rows,
                new CsvParser(data.csv(), columns, file),
                columns.featureNames(),
                columns.featureNames(),
                KeptValues.of(columns.names(), data.csv()),
                input.notes());
    }

    private static Columns columns(FileData data, String line, String file) {
        List<String> values = CsvParser.values(line, data.csv());
        if (values.size() == 1 && !(data.inputs() == 1 && data.targets().isEmpty())) {
            throw new BadDataException(file + ":1: only one column with data.separator = \""
                    + data.csv().separator() + "\"; the line is: "
                    + (line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "…" : line)
                    + separatorHint(line));
        }
        List<String> names = data.csv().header()
                ? values.stream().map(String::strip).toList()
                : IntStream.range(0, values.size()).mapToObj(i -> "_c" + i).toList();
        Columns columns = Columns.of(names, data, file);
        Columns.checkInputs(data.inputs(), columns.featureNames(), data, file);
        return columns;
    }

    private static String separatorHint(String line) {
        return Stream.of(";", "\t", "|", ",")
                .filter(line::contains)
                .findFirst()
                .map(found -> " (did you mean data.separator = \"" + found.replace("\t", "\\t") + "\"?)")
                .orElse("");
    }
}
