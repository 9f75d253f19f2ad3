package dev.sparkprop.cli;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.report.Report;
import dev.sparkprop.spark.PackedExamples;
import dev.sparkprop.spark.ShardedDataset;
import dev.sparkprop.spark.SparkRun;
import dev.sparkprop.store.RecordedRun;
import dev.sparkprop.store.RunDirectory;
import dev.sparkprop.store.RunExamples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a training leaves to look at. A run is as good without it: what cannot be told or written is said on the console, and fails
 * nothing.
 */
final class TrainingReport {
    /** Larger tables say nothing to the eye. */
    private static final int MAX_CLASSES = 50;

    private final TrainingPlan plan;
    private final RunDirectory directory;
    private final TrainingConsole console;

    TrainingReport(TrainingPlan plan, RunDirectory directory, TrainingConsole console) {
        this.plan = plan;
        this.directory = directory;
        this.console = console;
    }

    /** Tells of the examples, in a forward pass over those of validation, or over all if there are none. */
    void tellExamples(SparkRun spark, TrainingData data, double[] parameters) {
        attempt(() -> {
            ShardedDataset counted = data.validation().orElse(data.dataset());
            List<String> classes = classes(data);
            List<List<Double>> confusion = classes.isEmpty()
                    ? List.of()
                    : rows(PackedExamples.confusion(
                            spark.context(), counted, plan.topology(), plan.kernels(), parameters));
            List<List<Float>> points =
                    plan.topology().inputs() == 2 ? PackedExamples.points(data.dataset()) : List.of();
            return directory.write(new RunExamples(
                    data.validation().isPresent() ? "validation" : "training",
                    data.learned().map(LearnedData::features).orElse(List.of()),
                    classes,
                    confusion,
                    points));
        });
    }

    /** The classes that are told apart, unless they are too many. */
    private List<String> classes(TrainingData data) {
        int count = PackedExamples.classes(plan.topology());
        return count > MAX_CLASSES
                ? List.of()
                : data.learned()
                        .map(LearnedData::classes)
                        .orElse(IntStream.range(0, count)
                                .mapToObj(String::valueOf)
                                .toList());
    }

    private static List<List<Double>> rows(Confusion confusion) {
        List<List<Double>> rows = new ArrayList<>();
        for (int label = 0; label < confusion.classes(); label++) {
            int actual = label;
            rows.add(IntStream.range(0, confusion.classes())
                    .mapToObj(predicted -> confusion.weight(actual, predicted))
                    .toList());
        }
        return rows;
    }

    /** Writes the page, if an iteration was logged; returns where. */
    Optional<String> write() {
        return attempt(() -> {
            RecordedRun run = RecordedRun.open(directory.toString());
            return run.hasMetrics() ? run.writeReport(Report.page(List.of(run))) : null;
        });
    }

    private interface Attempt {
        /** Returns the file that was written, or null if there was nothing to write. */
        String write() throws IOException;
    }

    private Optional<String> attempt(Attempt attempt) {
        try {
            return Optional.ofNullable(attempt.write());
        } catch (IOException | RuntimeException e) {
            console.line("The report is not complete: " + e.getMessage());
            return Optional.empty();
        }
    }
}
