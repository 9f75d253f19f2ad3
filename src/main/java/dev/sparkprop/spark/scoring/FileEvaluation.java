package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.BadRows;
import dev.sparkprop.data.FileData;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.metrics.Evaluation;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.ReadFailures;
import dev.sparkprop.spark.files.RowSource;
import dev.sparkprop.spark.files.Sessions;
import dev.sparkprop.spark.files.SurveyReport;
import dev.sparkprop.spark.formats.FileFormats;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** Evaluates a trained network on labelled files. */
public final class FileEvaluation {
    private FileEvaluation() {}

    /**
     * Evaluates all files in one pass. If there are two classes, a second pass sorts the rows. Bad rows are handled
     * according to the data definition.
     *
     * @param notes receives notes for the user, line by line
     * @throws java.nio.file.NoSuchFileException if a path matches no file
     * @throws BadDataException if the data are invalid; the message lists the first ten problems and their places
     */
    public static Evaluation evaluate(
            JavaSparkContext context,
            LearnedData data,
            List<String> paths,
            Topology topology,
            double[] parameters,
            Consumer<String> notes)
            throws IOException {
        FileData files = data.files().at(paths);
        if (data.classes().size() > Confusion.MAX_CLASSES) {
            throw new BadDataException(
                    "Invalid classes: " + data.classes().size() + " (must be at most " + Confusion.MAX_CLASSES + ")");
        }
        ScoringNet net = ScoringNet.of(context, data, topology, parameters);
        try {
            return ReadFailures.translating(files, () -> {
                RowSource source = FileFormats.open(Sessions.of(context), files);
                source.notes().forEach(notes);
                String target = files.targets().get(0);
                Scores scores = source.rows()
                        .mapPartitions(new Scores.Task(net, source.parser(), target))
                        .treeReduce(Scores::add);
                SurveyReport report =
                        new SurveyReport(files, scores.survey(), source.parser().rowName());
                report.checkReadable();
                if (files.badRows() == BadRows.FAIL) {
                    report.checkNoBadRows("use --on-bad-row skip to skip bad rows");
                }
                report.checkNotEmpty();
                report.checkWeights();
                report.badRowNotes("Skipped").forEach(notes);
                Optional<Double> area = data.classes().size() == 2
                        ? Optional.of(RankRows.of(source.rows(), new RankRows(net, source.parser(), target))
                                .area())
                        : Optional.empty();
                return scores.evaluation(area);
            });
        } finally {
            net.parameters().destroy();
        }
    }
}
