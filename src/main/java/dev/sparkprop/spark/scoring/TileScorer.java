package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Backpropagation;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.files.FileRow;

/** Computes the forward pass of one task over up to 256 rows at a time. */
final class TileScorer {
    private final ScoringNet net;
    private final Backpropagation forward;
    private final float[] features;
    private final float[] outputs;
    private final double[] encoded;
    private int rows;

    TileScorer(ScoringNet net) {
        this.net = net;
        Topology shape = net.topology();
        this.forward = new Backpropagation(shape, KernelSelection.AUTO.kernels());
        forward.load(net.parameters().value());
        this.features = new float[shape.inputs() * Tile.EXAMPLES];
        this.encoded = new double[shape.inputs()];
        this.outputs = new float[shape.outputs() * Tile.EXAMPLES];
    }

    /** Adds the features of the next row. Returns true if the tile is full. */
    boolean add(FileRow row) {
        net.encodings().encode(row.values(), row.categories(), encoded);
        for (int i = 0; i < net.topology().inputs(); i++) {
            features[i * Tile.EXAMPLES + rows] = (float) net.input(i, encoded[i]);
        }
        return ++rows == Tile.EXAMPLES;
    }

    /** Computes the outputs of the added rows and starts a new tile. Returns the number of computed rows. */
    int run() {
        int computed = rows;
        if (computed > 0) {
            forward.preActivations(features, 0, outputs, 0);
        }
        rows = 0;
        return computed;
    }

    /** Returns the outputs' pre-activations for a row of the tile that was computed last. */
    double[] z(int row) {
        return Tile.lane(outputs, net.topology().outputs(), row);
    }
}
