package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.metrics.Evaluation;
import dev.sparkprop.metrics.Ranking;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.ReadFailures;
import dev.sparkprop.spark.files.RowSource;
import dev.sparkprop.spark.files.Sessions;
import dev.sparkprop.spark.files.SurveyReport;
import dev.sparkprop.spark.files.SurveyReport.Use;
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
     * Evaluates all files in one pass. If there are classes, and at most {@value RankRows#MAX_CLASSES}, a second pass
     * sorts the rows. Bad rows are handled according to the data definition.
     *
     * @param decision how to predict a class
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
            Decision decision,
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
                RowSource source = FileFormats.open(Sessions.of(context), files)
                        .checking(data.encodings(), files.columns().unseen());
                source.notes().forEach(notes);
                Scores scores = scores(net, source, files, decision);
                check(new SurveyReport(files, scores.survey(), source, Use.EVALUATION), files, notes);
                if (data.classes().isEmpty() || data.classes().size() > RankRows.MAX_CLASSES) {
                    return scores.evaluation(Optional.empty(), decision);
                }
                Ranking ranking = RankRows.of(
                        source.rows(),
                        new RankRows(net, source.parser(), files.targets().get(0)));
                if (!decision.bestF1()) {
                    return scores.evaluation(Optional.of(ranking), decision);
                }
                Decision best = ranking.best()
                        .map(found -> Decision.at(found.threshold()))
                        .orElseThrow(() -> new BadDataException(
                                files.place() + ": all examples are of one class, so no threshold is best"));
                return scores(net, source, files, best).evaluation(Optional.of(ranking), best);
            });
        } finally {
            net.parameters().destroy();
        }
    }

    private static Scores scores(ScoringNet net, RowSource source, FileData files, Decision decision) {
        return source.rows()
                .mapPartitions(
                        new Scores.Task(net, source.parser(), files.targets().get(0), decision))
                .treeReduce(Scores::add);
    }

    private static void check(SurveyReport report, FileData files, Consumer<String> notes) {
        report.checkReadable();
        if (files.badRows() == BadRows.FAIL) {
            report.checkNoBadRows();
        }
        report.checkNotEmpty();
        report.checkWeights();
        report.notes("Skipped").forEach(notes);
    }
}
