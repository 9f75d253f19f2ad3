package dev.sparkprop.data.tables;

import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.columns.Encodings;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The properties of the training files that are needed to read similar files and to interpret the network's outputs.
 *
 * @param files how to read the files, without paths; feature columns are identified by name if they have names
 * @param encodings encodings of the feature columns
 * @param classes names of the classes, in the order of their outputs or for 0 and 1; empty if targets are numbers
 * @param standardization standardization of the inputs, followed by that of numeric targets; empty if there is none
 */
public record LearnedData(
        FileData files, Encodings encodings, List<String> classes, Optional<Standardization> standardization) {

    public LearnedData {
        files = files.at(List.of()).withInputs(encodings.width());
        classes = List.copyOf(classes);
        require("classes", classes.size(), files.kind().labels() ? files.kind().classes(files.outputs()) : 0);
        int columns = encodings.width() + (files.kind() == TargetKind.NUMBERS ? files.outputs() : 0);
        standardization.ifPresent(columnsKnown -> {
            require("means", columnsKnown.mean().length, columns);
            require("deviations", columnsKnown.deviation().length, columns);
            if (!DoubleStream.of(columnsKnown.mean()).allMatch(Double::isFinite)
                    || !DoubleStream.of(columnsKnown.deviation()).allMatch(d -> d > 0 && Double.isFinite(d))) {
                throw new IllegalArgumentException(
                        "Invalid standardization: means must be finite, and deviations finite and > 0");
            }
        });
    }

    /** Returns the names of the network's inputs. */
    public List<String> features() {
        return encodings.names();
    }

    private static void require(String property, int count, int expected) {
        if (count != expected) {
            throw new IllegalArgumentException("Invalid " + property + ": " + count + " (must be " + expected + ")");
        }
    }

    /** Returns a copy with another policy for bad rows. */
    public LearnedData withBadRows(BadRows policy) {
        return new LearnedData(files.withBadRows(policy), encodings, classes, standardization);
    }

    /** Converts a feature to the network's input scale. */
    public double input(int index, double value) {
        return columns().apply(index, value);
    }

    /** Converts a target to the scale on which the network was trained. */
    public double target(int output, double value) {
        return columns().apply(encodings.width() + output, value);
    }

    /** Converts an output of the network to the unit of its target. */
    public double predictedValue(int output, double value) {
        return columns().undo(encodings.width() + output, value);
    }

    /** Returns the standardization of the inputs, followed by that of numeric targets. */
    public Standardization columns() {
        return standardization.orElse(Standardization.NONE);
    }
}
