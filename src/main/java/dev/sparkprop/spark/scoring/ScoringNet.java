package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.LearnedData;
import dev.sparkprop.data.RowLayout;
import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A trained net as tasks take it.
 *
 * @param topology of the net
 * @param parameters in float32
 * @param layout of a row
 * @param classes names of its classes; none if targets are numbers
 * @param columns how they are standardized
 */
record ScoringNet(
        Topology topology,
        Broadcast<float[]> parameters,
        RowLayout layout,
        List<String> classes,
        Standardization columns)
        implements Serializable {

    static ScoringNet of(JavaSparkContext context, LearnedData data, Topology topology, double[] parameters) {
        return new ScoringNet(
                topology,
                context.broadcast(ParameterLayout.toFloat32(parameters)),
                data.files().layout(),
                data.classes(),
                data.columns());
    }

    TargetKind kind() {
        return layout.kind();
    }

    /** A feature as the net takes it. */
    double input(int index, double value) {
        return columns.apply(index, value);
    }

    /** A target as the net learned it. */
    double target(int output, double value) {
        return columns.apply(layout.features() + output, value);
    }

    /** An output in the unit of its target. */
    double meaning(int output, double value) {
        return columns.undo(layout.features() + output, value);
    }
}
