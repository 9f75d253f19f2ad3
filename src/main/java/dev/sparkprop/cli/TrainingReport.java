package dev.sparkprop.cli;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.diagnosis.Diagnosis;
import dev.sparkprop.diagnosis.Setup;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.network.Loss;
import dev.sparkprop.report.Report;
import dev.sparkprop.spark.PackedExamples;
import dev.sparkprop.spark.ShardedDataset;
import dev.sparkprop.spark.SparkRun;
import dev.sparkprop.store.LockedException;
import dev.sparkprop.store.RecordedRun;
import dev.sparkprop.store.RunDirectory;
import dev.sparkprop.store.RunExamples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a training leaves to look at. A run is as good without it: what cannot be told or written is said on the console, and fails
 * nothing.
 */
final class TrainingReport {
    /** Larger tables say nothing to the eye. */
    private static final int MAX_CLASSES = 50;

    /** More points than these hide each other in a drawing. */
    private static final int MAX_POINTS = 500;

    private final TrainingPlan plan;
    private final RunDirectory directory;
    private final TrainingConsole console;

    TrainingReport(TrainingPlan plan, RunDirectory directory, TrainingConsole console) {
        this.plan = plan;
        this.directory = directory;
        this.console = console;
    }

    /** Tells of the examples, in a forward pass over those of validation, or over all if there are none. */
    void tellExamples(SparkRun spark, TrainingData data, double[] parameters, Diagnosis diagnosis)
            throws LockedException {
        attempt(() -> {
            ShardedDataset counted = data.validation().orElse(data.dataset());
            String which = data.validation().isPresent() ? "validation" : "training";
            List<String> classes = classes(data);
            List<List<Double>> rows = List.of();
            if (!classes.isEmpty()) {
                Confusion confusion =
                        PackedExamples.confusion(spark.context(), counted, plan.topology(), plan.kernels(), parameters);
                rows = rows(confusion);
                diagnosis.classes(
                        which,
                        classes,
                        weights(confusion, confusion::actual),
                        weights(confusion, confusion::predicted));
            } else if (plan.topology().loss() == Loss.SQUARED_ERROR) {
                diagnosis.targets(PackedExamples.targetVariance(data.dataset()));
            }
            List<String> features = data.learned().map(LearnedData::features).orElse(List.of());
            List<List<Float>> points = examples(data.dataset(), features, parameters, diagnosis);
            return directory.write(new RunExamples(which, features, classes, rows, points));
        });
    }

    private static List<Double> weights(Confusion confusion, IntToDoubleFunction ofClass) {
        return IntStream.range(0, confusion.classes())
                .mapToDouble(ofClass)
                .boxed()
                .toList();
    }

    /** What is set of a training. */
    static Setup setup(TrainingPlan plan) {
        Setup.Standardizing standardizing = plan.data() instanceof TrainingPlan.Files files
                ? files.files().standardize() ? Setup.Standardizing.ON : Setup.Standardizing.OFF
                : Setup.Standardizing.NOT_OFFERED;
        return new Setup(plan.topology(), plan.optimizer(), plan.initial().scheme(), standardizing);
    }

    /** Draws some examples for the diagnosis; those that can be drawn as points are returned. */
    private List<List<Float>> examples(
            ShardedDataset dataset, List<String> features, double[] parameters, Diagnosis diagnosis) {
        int inputs = plan.topology().inputs();
        int count = inputs == 2 ? MAX_POINTS : diagnosis.examplesWanted();
        if (count == 0) {
            return List.of();
        }
        List<List<Float>> examples = PackedExamples.sample(dataset, count);
        diagnosis.examples(
                features,
                examples.stream()
                        .map(example -> example.subList(0, inputs).stream()
                                .mapToDouble(Float::doubleValue)
                                .toArray())
                        .toList(),
                parameters);
        return inputs == 2 ? examples : List.of();
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
    Optional<String> write() throws LockedException {
        return attempt(() -> {
            RecordedRun run = RecordedRun.open(directory.toString());
            return run.hasMetrics() ? directory.writeReport(Report.page(List.of(run))) : null;
        });
    }

    private interface Attempt {
        /** Returns the file that was written, or null if there was nothing to write. */
        String write() throws IOException;
    }

    private Optional<String> attempt(Attempt attempt) throws LockedException {
        try {
            return Optional.ofNullable(attempt.write());
        } catch (LockedException e) {
            // the run belongs to another process now
            throw e;
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            console.warning("The report is not complete: " + FailureText.of(e));
            return Optional.empty();
        }
    }
}
