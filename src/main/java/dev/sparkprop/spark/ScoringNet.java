package dev.sparkprop.spark;

import dev.sparkprop.data.LearnedData;
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
 * @param kind of its targets
 * @param classes names of its classes; none if targets are numbers
 * @param standardizations of its first columns; none, or one
 */
record ScoringNet(
        Topology topology,
        Broadcast<float[]> parameters,
        TargetKind kind,
        List<String> classes,
        List<Standardization> standardizations)
        implements Serializable {

    static ScoringNet of(JavaSparkContext context, LearnedData data, Topology topology, double[] parameters) {
        return new ScoringNet(
                topology,
                context.broadcast(ParameterLayout.toFloat32(parameters)),
                data.files().kind(),
                data.classes(),
                data.standardization().stream().toList());
    }

    /** Numbers in a row: features, and targets that are numbers. */
    int values() {
        return topology.inputs() + (kind.labels() ? 0 : topology.outputs());
    }

    /** A value as the net takes or learned it. */
    double standardized(int column, double value) {
        return changes(column) ? standardizations.get(0).apply(column, value) : value;
    }

    /** An output in the unit of its target. */
    double meaning(int output, double value) {
        int column = topology.inputs() + output;
        return changes(column) ? standardizations.get(0).undo(column, value) : value;
    }

    private boolean changes(int column) {
        return !standardizations.isEmpty() && column < standardizations.get(0).mean().length;
    }

    /** The class that is predicted, as in training: above one half, or the first of the largest. */
    static int predicted(double[] z) {
        if (z.length == 1) {
            return z[0] > 0 ? 1 : 0;
        }
        int largest = 0;
        for (int o = 1; o < z.length; o++) {
            largest = z[o] > z[largest] ? o : largest;
        }
        return largest;
    }
}
