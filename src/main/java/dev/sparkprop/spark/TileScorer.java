package dev.sparkprop.spark;

import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Backpropagation;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;

/** The forward pass over up to 256 rows at a time, for one task. */
final class TileScorer {
    private final ScoringNet net;
    private final Backpropagation forward;
    private final float[] features;
    private final float[] outputs;
    private int rows;

    TileScorer(ScoringNet net) {
        this.net = net;
        Topology shape = net.topology();
        // z tells more than a: in float32 all sigmoids of z > 17 are 1
        this.forward = new Backpropagation(
                new Topology(shape.layers(), shape.hidden(), Output.LINEAR, Loss.SQUARED_ERROR),
                KernelSelection.AUTO.kernels());
        forward.load(net.parameters().value());
        this.features = new float[shape.inputs() * Tile.EXAMPLES];
        this.outputs = new float[shape.outputs() * Tile.EXAMPLES];
    }

    /** Takes the features of the next row; returns whether there is no room for another. */
    boolean add(double[] values) {
        for (int i = 0; i < net.topology().inputs(); i++) {
            features[i * Tile.EXAMPLES + rows] = (float) net.standardized(i, values[i]);
        }
        return ++rows == Tile.EXAMPLES;
    }

    /** Computes the rows that were added, and makes room for others; returns their number. */
    int run() {
        int computed = rows;
        if (computed > 0) {
            forward.predict(features, 0, outputs, 0);
        }
        rows = 0;
        return computed;
    }

    /** Pre-activations of the outputs for one of the rows computed last. */
    double[] z(int row) {
        double[] z = new double[net.topology().outputs()];
        for (int o = 0; o < z.length; o++) {
            z[o] = outputs[o * Tile.EXAMPLES + row];
        }
        return z;
    }
}
