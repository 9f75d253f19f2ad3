package dev.sparkprop.run;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.LearnedData;
import dev.sparkprop.diagnosis.Diagnosis;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.network.Loss;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.spark.scoring.PackedConfusion;
import dev.sparkprop.spark.scoring.PackedSample;
import dev.sparkprop.spark.scoring.TargetVariance;
import dev.sparkprop.store.RunExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How a trained net does on its examples: a forward pass over those of validation, or over all if there are none.
 *
 * @param which examples: {@code training} or {@code validation}
 * @param features their names; none if they have none
 * @param classes that the net distinguishes; none if it does not, or if there are too many for a table
 * @param confusion of these classes
 * @param targetVariance of targets that are numbers
 * @param sample examples, each with its features and then its class or first target
 */
record Inspection(
        String which,
        List<String> features,
        List<String> classes,
        Optional<Confusion> confusion,
        OptionalDouble targetVariance,
        List<List<Float>> sample) {
    /** Larger tables are unreadable. */
    private static final int MAX_CLASSES = 50;

    /** More points than these hide each other in a drawing. */
    private static final int MAX_POINTS = 500;

    /** The inspection of examples at some parameters, by Spark jobs. */
    static Inspection of(
            TrainingPlan plan, SparkConnection spark, TrainingData data, double[] parameters, Diagnosis diagnosis) {
        List<String> classes = classes(plan, data);
        int wanted = isPlane(plan) ? MAX_POINTS : diagnosis.examplesWanted();
        return new Inspection(
                data.validation().isPresent() ? "validation" : "training",
                data.learned().map(LearnedData::features).orElse(List.of()),
                classes,
                classes.isEmpty()
                        ? Optional.empty()
                        : Optional.of(PackedConfusion.of(
                                spark.context(),
                                data.validation().orElse(data.dataset()),
                                plan.topology(),
                                plan.kernels(),
                                parameters)),
                classes.isEmpty() && plan.topology().loss() == Loss.SQUARED_ERROR
                        ? OptionalDouble.of(TargetVariance.of(data.dataset()))
                        : OptionalDouble.empty(),
                wanted == 0 ? List.of() : PackedSample.of(data.dataset(), wanted));
    }

    private static boolean isPlane(TrainingPlan plan) {
        return plan.topology().inputs() == 2;
    }

    private static List<String> classes(TrainingPlan plan, TrainingData data) {
        int count = PackedConfusion.classes(plan.topology());
        return count > MAX_CLASSES
                ? List.of()
                : data.learned()
                        .map(LearnedData::classes)
                        .orElse(IntStream.range(0, count)
                                .mapToObj(String::valueOf)
                                .toList());
    }

    /** Completes a diagnosis. */
    void complete(Diagnosis diagnosis, TrainingPlan plan, double[] parameters) {
        confusion.ifPresent(table ->
                diagnosis.classes(which, classes, weights(table, table::actual), weights(table, table::predicted)));
        targetVariance.ifPresent(diagnosis::targets);
        if (!sample.isEmpty()) {
            int inputs = plan.topology().inputs();
            List<double[]> examples = sample.stream()
                    .map(example -> example.subList(0, inputs).stream()
                            .mapToDouble(Float::doubleValue)
                            .toArray())
                    .toList();
            diagnosis.examples(features, examples, parameters);
        }
    }

    private static List<Double> weights(Confusion confusion, IntToDoubleFunction ofClass) {
        return IntStream.range(0, confusion.classes())
                .mapToDouble(ofClass)
                .boxed()
                .toList();
    }

    /** The contents of {@code examples.json}; with points, if there are two features to draw them by. */
    RunExamples examples(TrainingPlan plan) {
        return new RunExamples(
                which,
                features,
                classes,
                confusion.map(Inspection::rows).orElse(List.of()),
                isPlane(plan) ? sample : List.of());
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
}
