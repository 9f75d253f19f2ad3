package dev.sparkprop.network;

import dev.sparkprop.data.Tile;

/**
 * The amount of computation and memory of a full-batch training run. Numbers above 2⁵³ are rounded.
 *
 * @param topology shape of the network
 * @param examples number of examples in the dataset, at least 1
 * @param iterations number of iterations, each a forward and backward pass over all examples; at least 1
 */
public record Workload(Topology topology, long examples, long iterations) {
    /** Returns the multiply-adds of all iterations, without those for the padding of the last tile. */
    public double multiplyAdds() {
        return (double) topology.multiplyAdds() * examples * iterations;
    }

    /** Returns the floating-point operations, by convention two per multiply-add. Activations are not counted. */
    public double operations() {
        return 2 * multiplyAdds();
    }

    /**
     * Returns the number of tiles of the dataset. Shards contain whole tiles, so only the last tile of
     * all has padding.
     */
    public long tiles() {
        return (examples - 1) / Tile.EXAMPLES + 1;
    }

    /** Returns the packed size of features and targets in bytes, without the weights of examples. */
    public double dataBytes() {
        return (double) tiles() * LayerCounts.tileBytes(topology.inputs() + topology.outputs());
    }
}
