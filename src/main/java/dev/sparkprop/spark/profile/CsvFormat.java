package dev.sparkprop.spark.profile;

import dev.sparkprop.data.TextCharset;
import dev.sparkprop.data.tables.FileData.Csv;
import dev.sparkprop.spark.files.InputFiles;
import dev.sparkprop.spark.formats.CsvParser;
import dev.sparkprop.spark.formats.FileFormats;
import dev.sparkprop.text.NumberText;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** Guesses the format of CSV files from their first line. */
public final class CsvFormat {
    private static final String SEPARATORS = ",;\t|";

    private CsvFormat() {}

    /**
     * Returns the format whose separator splits the first line into the most values. The line is a header unless it
     * contains a number.
     *
     * @throws java.nio.file.NoSuchFileException if a path matches no file
     */
    public static Csv of(JavaSparkContext context, List<String> paths) throws IOException {
        InputFiles input = InputFiles.of(paths, context.hadoopConfiguration());
        String line =
                FileFormats.firstLine(input, context.hadoopConfiguration()).orElse("");
        char separator = Stream.of(SEPARATORS.split(""))
                .map(text -> text.charAt(0))
                .max(Comparator.comparing(candidate -> valuesOf(line, candidate).size()))
                .orElse(',');
        // of several separators that split the line alike, the first one
        separator = valuesOf(line, separator).size() == valuesOf(line, ',').size() ? ',' : separator;
        boolean header = valuesOf(line, separator).stream().allMatch(value -> Double.isNaN(NumberText.parse(value)));
        return csv(header, separator);
    }

    private static List<String> valuesOf(String line, char separator) {
        return CsvParser.values(line, csv(true, separator));
    }

    private static Csv csv(boolean header, char separator) {
        return new Csv(header, separator, '"', Csv.NO_ESCAPE, false, TextCharset.UTF_8);
    }
}
