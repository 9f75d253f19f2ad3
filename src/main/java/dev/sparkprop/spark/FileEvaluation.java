package dev.sparkprop.spark;

import dev.sparkprop.data.FileData;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.metrics.Evaluation;
import dev.sparkprop.network.Topology;
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
            RowSource source = RowSource.open(FileExamples.session(context), files);
            source.notes().forEach(notes);
            String target = files.targets().get(0);
            Scores scores = source.rows()
                    .mapPartitions(new Scores.Task(net, source.parser(), target))
                    .treeReduce(Scores::add);
            SurveyReport report =
                    new SurveyReport(files, scores.survey, source.parser().rowName());
            report.checkForScores();
            report.leftOut("Left out").forEach(notes);
            Optional<Double> area = data.classes().size() == 2
                    ? Optional.of(RankRows.of(source.rows(), new RankRows(net, source.parser(), target))
                            .area())
                    : Optional.empty();
            return evaluation(scores, area);
        } catch (IOException | BadDataException e) {
            throw e;
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            throw ReadFailures.of(files, e);
        } finally {
            net.parameters().destroy();
        }
    }

    private static Evaluation evaluation(Scores scores, Optional<Double> area) {
        double weight = scores.weight.value();
        return new Evaluation(
                scores.survey.examples(),
                weight,
                scores.loss.value() / weight,
                scores.errors == null ? scores.right.value() / weight : Double.NaN,
                Optional.ofNullable(scores.confusion),
                area,
                Optional.ofNullable(scores.errors));
    }
}
