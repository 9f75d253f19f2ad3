package dev.sparkprop.network;

import dev.sparkprop.data.Tile;

/**
 * What a full-batch training computes and keeps in memory. Beyond 2⁵³ the figures are rounded.
 *
 * @param topology of the net
 * @param examples in the dataset, at least 1
 * @param iterations each a forward and backward pass over all examples, at least 1
 */
public record Workload(Topology topology, long examples, long iterations) {
    /** Multiply-adds of all iterations; those for the padding of the last tile are not among them. */
    public double multiplyAdds() {
        return (double) topology.multiplyAdds() * examples * iterations;
    }

    /** Floating-point operations: two for each multiply-add, as everybody counts them; activations are left out. */
    public double operations() {
        return 2 * multiplyAdds();
    }

    /** Tiles that hold the data: a shard holds whole ones, so that the last one of all is the only one with padding. */
    public long tiles() {
        return (examples - 1) / Tile.EXAMPLES + 1;
    }

    /** Bytes of features and targets as shards hold them, without weights of examples. */
    public double dataBytes() {
        return (double) tiles() * LayerCounts.tileBytes(topology.inputs() + topology.outputs());
    }
}
