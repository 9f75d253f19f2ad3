package dev.sparkprop.cli.describe;

import dev.sparkprop.cli.options.ModelOptions;
import dev.sparkprop.cli.options.UsageException;
import dev.sparkprop.config.FileNames;
import dev.sparkprop.data.tables.FileData.Csv;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.run.ProgressLines;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.spark.profile.CsvFormat;
import dev.sparkprop.spark.profile.TableProfile;
import dev.sparkprop.store.OutputExistsException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "describe",
        description = {
            "Describe the columns of files, and suggest a configuration that trains on them.",
            "Reads the files once."
        })
public final class DescribeCommand implements Callable<Integer> {
    @Parameters(
            index = "0..*",
            arity = "1..*",
            paramLabel = "DATA",
            description = "CSV or Parquet files, directories or patterns. All files have the same columns.")
    private List<String> paths = List.of();

    @Option(names = "--target", paramLabel = "COLUMN", description = "The column to predict.")
    private String target;

    @Option(
            names = "--write",
            paramLabel = "CONF",
            description = "Write the suggested configuration to this file, which must not exist. Requires --target.")
    private String conf;

    @Option(
            names = "--format",
            paramLabel = "csv|parquet",
            description = "Format of the files (default: parquet if the first path ends with .parquet, else csv).")
    private FileFormat format;

    @Option(
            names = "--separator",
            paramLabel = "C",
            description =
                    "Separator of CSV values (default: the one of , ; | and tab that occurs most in the first line).")
    private String separator;

    @Override
    public Integer call() throws Exception {
        check();
        FileFormat actual = format != null
                ? format
                : paths.get(0).toLowerCase(Locale.ROOT).endsWith(".parquet") ? FileFormat.PARQUET : FileFormat.CSV;
        TableProfile table;
        Csv csv;
        try (SparkConnection spark = new SparkConnection("describe", ModelOptions.START_TIMEOUT)) {
            Csv guessed = actual == FileFormat.CSV ? CsvFormat.of(spark.context(), paths) : new Csv(true, ',', '"');
            csv = separator == null ? guessed : new Csv(guessed.header(), separator(), guessed.quote());
            table = ProgressLines.during(
                    "Reading",
                    spark.context(),
                    System.err::println,
                    () -> TableProfile.of(spark.context(), actual, csv, paths));
        }
        System.out.print(DescriptionText.of(table));
        if (target == null) {
            System.out.println("Name the column to predict with --target to get a configuration");
            return 0;
        }
        if (!table.names().contains(target)) {
            throw new UsageException(
                    "Invalid --target: " + target + " (must be one of " + String.join(", ", table.names()) + ")");
        }
        Path file = conf == null ? Path.of("my.conf") : FileNames.path(conf);
        SuggestedConfig suggestion = new SuggestedConfig(table, target, actual, csv, paths, file);
        suggestion.notes().forEach(System.out::println);
        if (conf == null) {
            System.out.print("\n" + suggestion.text());
            return 0;
        }
        try {
            Files.writeString(file, suggestion.text(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new OutputExistsException(conf + " exists (use another --write)");
        }
        System.out.println("Wrote " + conf);
        return 0;
    }

    private void check() throws UsageException {
        if (conf != null && target == null) {
            throw new UsageException("Missing --target: --write needs the column to predict");
        }
        if (format == FileFormat.LIBSVM) {
            throw new UsageException("Invalid --format: libsvm (must be csv or parquet)");
        }
        if (separator != null) {
            separator();
        }
    }

    private char separator() throws UsageException {
        String text = separator.equals("\\t") ? "\t" : separator;
        if (text.length() != 1) {
            throw new UsageException("Invalid --separator: " + separator + " (must be one character)");
        }
        return text.charAt(0);
    }
}
