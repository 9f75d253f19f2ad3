package dev.sparkprop.cli.score;

import dev.sparkprop.cli.options.ModelOptions;
import dev.sparkprop.cli.options.TruthTable;
import dev.sparkprop.cli.options.UsageException;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.run.ProgressLines;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.spark.scoring.Decision;
import dev.sparkprop.spark.scoring.FilePredictions;
import dev.sparkprop.spark.scoring.OnBadRow;
import dev.sparkprop.store.Model;
import dev.sparkprop.store.OutputExistsException;
import dev.sparkprop.text.Words;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "predict",
        description =
                "Predict the rows of files with a trained model, or print the truth table of XOR for a network with two"
                        + " inputs and one sigmoid output.")
public final class PredictCommand implements Callable<Integer> {
    @Mixin
    private ModelOptions model;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "DATA",
            description = "Files, directories or patterns, in the format of the training data; labels are not needed.")
    private List<String> paths = List.of();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Directory to write to, on any file system that Hadoop supports. Required with DATA; it must not exist.")
    private String output;

    @Option(names = "--format", paramLabel = "csv|parquet", description = "Output format (default: csv).")
    private FilePredictions.Format format = FilePredictions.Format.CSV;

    @Option(
            names = "--on-bad-row",
            paramLabel = "fail|skip|null",
            description = {
                "What to do with a row that has no prediction, such as a row with an empty feature:",
                "write nothing and fail, skip the row, or write it with an empty prediction (default: fail)."
            })
    private OnBadRow badRows = OnBadRow.FAIL;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = {
                "For two classes: predict the second one from this probability on",
                "(default: the most probable class)."
            })
    private String threshold;

    @Override
    public Integer call() throws Exception {
        Model loaded = model.read();
        if (paths.isEmpty()) {
            showTruthTable(loaded);
            return 0;
        }
        if (output == null) {
            throw new UsageException("Missing --output: the directory to write the predictions to");
        }
        LearnedData data = model.data(loaded);
        Decision decision = ThresholdOption.decision(threshold, data, false);
        try (SparkConnection spark = new SparkConnection("predict", ModelOptions.START_TIMEOUT)) {
            FilePredictions predictions =
                    new FilePredictions(spark.context(), data, loaded.topology(), loaded.parameters(), decision);
            if (predictions.exists(output)) {
                throw new OutputExistsException("Output " + output + " exists (use another --output)");
            }
            long rows = ProgressLines.during(
                    "Predicting",
                    spark.context(),
                    System.err::println,
                    () -> predictions.write(paths, output, format, badRows, System.err::println));
            System.out.printf("Wrote predictions for %s to %s%n", Words.count(rows, "row"), output);
        }
        return 0;
    }

    private void showTruthTable(Model loaded) throws UsageException {
        if (!TruthTable.suits(loaded)) {
            throw new UsageException("Missing DATA: " + model
                    + " has no truth table (only networks with 2 inputs and 1 sigmoid output that were trained on"
                    + " generated data have one)");
        }
        System.out.println(TruthTable.of(loaded));
    }
}
