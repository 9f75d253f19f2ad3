package dev.sparkprop.cli.score;

import dev.sparkprop.cli.options.ModelOptions;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.metrics.Evaluation;
import dev.sparkprop.run.ProgressLines;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.spark.scoring.Decision;
import dev.sparkprop.spark.scoring.FileEvaluation;
import dev.sparkprop.store.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "evaluate", description = "Evaluate a trained model on labelled files.")
public final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private ModelOptions model;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "DATA",
            description = "Files, directories or patterns, in the format of the training data.")
    private List<String> paths = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the results to this file as JSON.")
    private Path json;

    @Option(
            names = "--on-bad-row",
            paramLabel = "fail|skip",
            description = {"Whether to fail on a bad row or to skip it", "(default: data.on-bad-row of the model)."})
    private BadRows badRows;

    @Option(
            names = "--threshold",
            paramLabel = "P|best-f1",
            description = {
                "For two classes: predict the second one from this probability on,",
                "or from the one with the best F1 on DATA (default: the most probable class)."
            })
    private String threshold;

    @Override
    public Integer call() throws Exception {
        Model loaded = model.read();
        LearnedData learned = model.data(loaded);
        LearnedData data = badRows == null ? learned : learned.withBadRows(badRows);
        Decision decision = ThresholdOption.decision(threshold, data, true);
        Evaluation evaluation;
        try (SparkConnection spark = new SparkConnection("evaluate", ModelOptions.START_TIMEOUT)) {
            evaluation = ProgressLines.during(
                    "Reading",
                    spark.context(),
                    System.err::println,
                    () -> FileEvaluation.evaluate(
                            spark.context(),
                            data,
                            paths,
                            loaded.topology(),
                            loaded.parameters(),
                            decision,
                            System.err::println));
        }
        System.out.print(EvaluationText.of(evaluation, data));
        if (json != null) {
            Files.writeString(json, EvaluationJson.of(evaluation, data));
        }
        return 0;
    }
}
