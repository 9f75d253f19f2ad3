package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Backpropagation;
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
        this.forward = new Backpropagation(shape, KernelSelection.AUTO.kernels());
        forward.load(net.parameters().value());
        this.features = new float[shape.inputs() * Tile.EXAMPLES];
        this.outputs = new float[shape.outputs() * Tile.EXAMPLES];
    }

    /** Takes the features of the next row; returns whether there is no room for another. */
    boolean add(double[] values) {
        for (int i = 0; i < net.topology().inputs(); i++) {
            features[i * Tile.EXAMPLES + rows] = (float) net.input(i, values[i]);
        }
        return ++rows == Tile.EXAMPLES;
    }

    /** Computes the rows that were added, and makes room for others; returns their number. */
    int run() {
        int computed = rows;
        if (computed > 0) {
            forward.preActivations(features, 0, outputs, 0);
        }
        rows = 0;
        return computed;
    }

    /** Pre-activations of the outputs for one of the rows computed last. */
    double[] z(int row) {
        return Tile.lane(outputs, net.topology().outputs(), row);
    }
}
