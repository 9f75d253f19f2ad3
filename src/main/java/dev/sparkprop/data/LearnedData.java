package dev.sparkprop.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What a net needs to know of the files that it learned from, to read others like them and to say what it means.
 *
 * @param files how they are read, without any paths; columns of features by their names where they have names
 * @param features names of the net's inputs
 * @param classes names of the classes in the order of their outputs, or those of 0 and 1; none if targets are numbers
 * @param standardization of the inputs, and after them of targets that are numbers, if there was any
 */
public record LearnedData(
        FileData files, List<String> features, List<String> classes, Optional<Standardization> standardization) {

    public LearnedData {
        files = files.at(List.of());
        features = List.copyOf(features);
        classes = List.copyOf(classes);
        require("features", features.size(), files.inputs());
        require("classes", classes.size(), files.kind().labels() ? files.kind().classes(files.outputs()) : 0);
        int columns = files.inputs() + (files.kind() == TargetKind.NUMBERS ? files.outputs() : 0);
        standardization.ifPresent(columnsKnown -> {
            require("means", columnsKnown.mean().length, columns);
            require("deviations", columnsKnown.deviation().length, columns);
            if (!DoubleStream.of(columnsKnown.mean()).allMatch(Double::isFinite)
                    || !DoubleStream.of(columnsKnown.deviation()).allMatch(d -> d > 0 && Double.isFinite(d))) {
                throw new IllegalArgumentException(
                        "Invalid standardization: not all means are finite and all deviations above 0");
            }
        });
    }

    private static void require(String what, int count, int expected) {
        if (count != expected) {
            throw new IllegalArgumentException("Invalid " + what + ": " + count + " (must be " + expected + ")");
        }
    }

    /** The same, for files whose bad rows are treated like this. */
    public LearnedData withBadRows(BadRows policy) {
        return new LearnedData(files.withBadRows(policy), features, classes, standardization);
    }

    /** A feature as the net takes it. */
    public double input(int index, double value) {
        return columns().apply(index, value);
    }

    /** A target as the net learned it. */
    public double target(int output, double value) {
        return columns().apply(files.inputs() + output, value);
    }

    /** What an output of the net means, in the unit of its target. */
    public double meaning(int output, double value) {
        return columns().undo(files.inputs() + output, value);
    }

    /** How columns are standardized: inputs first, then targets that are numbers. */
    public Standardization columns() {
        return standardization.orElse(Standardization.NONE);
    }
}
