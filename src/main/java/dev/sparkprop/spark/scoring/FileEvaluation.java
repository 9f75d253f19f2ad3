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

/** Judges a trained net by labelled files. */
public final class FileEvaluation {
    private FileEvaluation() {}

    /**
     * Goes through all files once, and once more to sort their rows if there are two classes. What becomes of bad rows is as the data say.
     *
     * @param notes takes lines that the user should know
     * @throws java.nio.file.NoSuchFileException if a path names nothing
     * @throws BadDataException with the first ten of all problems, and where they are
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
            throw new BadDataException("Invalid classes: " + data.classes().size() + " (must be at most "
                    + Confusion.MAX_CLASSES + " to be counted)");
        }
        ScoringNet net = ScoringNet.of(context, data, topology, parameters);
        try {
            return ReadFailures.reading(files, () -> {
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
                    report.checkNoneBad("--on-bad-row skip leaves bad rows out");
                }
                report.checkForAny();
                report.checkWeights();
                report.leftOut("Left out").forEach(notes);
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
