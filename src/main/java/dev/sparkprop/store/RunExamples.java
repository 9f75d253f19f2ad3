package dev.sparkprop.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The contents of {@code examples.json}, which describe the examples at the end of a run: the network's confusion
 * matrix, and a sample of the examples.
 *
 * @param counted the examples in the confusion matrix: {@code training} or {@code validation}
 * @param features the names of the network's inputs
 * @param classes the names of the classes; empty if the network does not predict a single class per example
 * @param confusion the total weight of the examples of each class (row) for which each class (column) was predicted;
 *     a square matrix with one row per class
 * @param points a sample of training examples if the network has two inputs: both inputs as the
 *     network receives them (standardized, if training standardizes), and the class or first target
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunExamples(
        String counted,
        List<String> features,
        List<String> classes,
        List<List<Double>> confusion,
        List<List<Float>> points) {

    public RunExamples {
        features = copy(features);
        classes = copy(classes);
        confusion = copy(confusion).stream().map(RunExamples::copy).toList();
        points = copy(points).stream().map(RunExamples::copy).toList();
        require("confusion", confusion.size(), classes.size());
        for (List<Double> row : confusion) {
            require("a row of confusion", row.size(), classes.size());
        }
        for (List<Float> point : points) {
            require("a point", point.size(), 3);
        }
    }

    /** Returns an empty list for a list that is missing in the file. */
    private static <T> List<T> copy(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static void require(String property, int size, int expected) {
        if (size != expected) {
            throw new IllegalArgumentException(
                    "Invalid " + property + ": " + size + " values (must be " + expected + ")");
        }
    }
}
