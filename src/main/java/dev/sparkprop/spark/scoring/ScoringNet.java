package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.RowLayout;
import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.columns.Encodings;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A trained network in the form that tasks use.
 *
 * @param topology the topology of the network
 * @param parameters the parameters in float32
 * @param encodings the encodings of the features
 * @param layout the layout of an encoded row
 * @param classes the names of the classes; empty if targets are numbers
 * @param columns the standardization of the columns
 */
record ScoringNet(
        Topology topology,
        Broadcast<float[]> parameters,
        Encodings encodings,
        RowLayout layout,
        List<String> classes,
        Standardization columns)
        implements Serializable {

    static ScoringNet of(JavaSparkContext context, LearnedData data, Topology topology, double[] parameters) {
        return new ScoringNet(
                topology,
                context.broadcast(ParameterLayout.toFloat32(parameters)),
                data.encodings(),
                data.files().layout(),
                data.classes(),
                data.columns());
    }

    TargetKind kind() {
        return layout.kind();
    }

    /** Returns the number of values in a row as it is read. */
    int readValues() {
        return encodings.readFeatures() + layout.values() - layout.features();
    }

    /** Converts a feature to the network's input scale. */
    double input(int index, double value) {
        return columns.apply(index, value);
    }

    /** Converts a target to the scale on which the network was trained. */
    double target(int output, double value) {
        return columns.apply(layout.features() + output, value);
    }

    /** Converts an output to the unit of its target. */
    double predictedValue(int output, double value) {
        return columns.undo(layout.features() + output, value);
    }
}
