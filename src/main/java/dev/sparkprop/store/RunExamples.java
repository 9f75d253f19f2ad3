package dev.sparkprop.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What {@code examples.json} tells of the examples of a run, at its end: how its net takes their classes for each other, and some of
 * the examples themselves.
 *
 * @param counted which of them are in the confusion: {@code training} or {@code validation}
 * @param features names of the net's inputs
 * @param classes names of the classes; none where predictions are not one class each
 * @param confusion weight of the examples of each class (row) that were taken for each (column), with as many rows and columns as
 *     there are classes
 * @param points some training examples of a net with two inputs: both of them, as the net takes them, and the class or the first target
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

    /** Nothing for what a file does not tell. */
    private static <T> List<T> copy(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static void require(String what, int size, int expected) {
        if (size != expected) {
            throw new IllegalArgumentException("Invalid " + what + ": " + size + " values (must be " + expected + ")");
        }
    }
}
