package dev.sparkprop.run;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.tables.LearnedData;
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
 * The performance of a trained network on its examples. The confusion matrix covers the validation examples or, if
 * there are none, the training examples, without class weights. The target variance and the sample always come from the training examples.
 *
 * @param examplesName the examples of the confusion matrix: {@code training} or {@code validation}
 * @param features the names of the features; empty if they have no names
 * @param classes the classes that the network distinguishes; empty if it does not classify or has too many classes
 *     for a table
 * @param confusion the confusion matrix of these classes
 * @param targetVariance the variance of numeric targets
 * @param sample examples, each with its features followed by its class or first target
 */
record Inspection(
        String examplesName,
        List<String> features,
        List<String> classes,
        Optional<Confusion> confusion,
        OptionalDouble targetVariance,
        List<List<Float>> sample) {
    /** Larger tables are unreadable. */
    private static final int MAX_CLASSES = 50;

    /** With more points, a drawing becomes too crowded. */
    private static final int MAX_POINTS = 500;

    /** Inspects the examples at the given parameters, using Spark jobs. */
    static Inspection of(
            TrainingPlan plan, SparkConnection spark, TrainingData data, double[] parameters, Diagnosis diagnosis) {
        List<String> classes = classes(plan, data);
        int maxExamples = isPlane(plan) ? MAX_POINTS : diagnosis.maxExamples();
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
                                parameters,
                                data.classWeights())),
                classes.isEmpty() && plan.topology().loss() == Loss.SQUARED_ERROR
                        ? OptionalDouble.of(TargetVariance.of(data.dataset()))
                        : OptionalDouble.empty(),
                maxExamples == 0 ? List.of() : PackedSample.of(data.dataset(), maxExamples));
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

    /** Adds the results to a diagnosis. */
    void complete(Diagnosis diagnosis, TrainingPlan plan, double[] parameters) {
        confusion.ifPresent(table -> diagnosis.classes(
                examplesName, classes, weights(table, table::actual), weights(table, table::predicted)));
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

    private static List<Double> weights(Confusion confusion, IntToDoubleFunction weight) {
        return IntStream.range(0, confusion.classes())
                .mapToDouble(weight)
                .boxed()
                .toList();
    }

    /** Returns the contents of {@code examples.json}. They include points if there are exactly two features. */
    RunExamples examples(TrainingPlan plan) {
        return new RunExamples(
                examplesName,
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
