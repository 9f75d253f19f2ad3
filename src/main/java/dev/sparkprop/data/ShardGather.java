package dev.sparkprop.data;

import java.util.Arrays;

/**
 * Copies some examples of a shard together, so that their tiles hold nothing else. Keeps its arrays for the next shard; for one
 * thread.
 */
public final class ShardGather {
    private float[] features = {};
    private float[] targets = {};
    private float[] weights = {};
    /** Where the examples of a tile come from, in an array of the shard. */
    private final int[] origins = new int[Tile.EXAMPLES];

    /**
     * A shard of some examples of another one, as if it had been packed of them alone. Valid until the next call.
     *
     * @param positions of the examples in their shard, in the order that they are to have
     * @param count how many of these positions
     */
    public Shard gather(Shard shard, int[] positions, int count) {
        int lanes = Tile.count(count) * Tile.EXAMPLES;
        int lanesBefore = shard.tiles() * Tile.EXAMPLES;
        int inputs = shard.features().length / lanesBefore;
        int outputs = shard.targets().length / lanesBefore;
        boolean weighted = shard.weights().length > 0;
        features = room(features, inputs * lanes);
        targets = room(targets, outputs * lanes);
        weights = room(weights, weighted ? lanes : 0);
        for (int from = 0; from < count; from += Tile.EXAMPLES) {
            int occupied = Math.min(Tile.EXAMPLES, count - from);
            copy(shard.features(), inputs, positions, from, occupied, features);
            copy(shard.targets(), outputs, positions, from, occupied, targets);
            if (weighted) {
                copy(shard.weights(), 1, positions, from, occupied, weights);
            }
        }
        return new Shard(shard.number(), count, features, targets, weighted ? weights : Shard.ALL_WEIGH_ONE);
    }

    private static float[] room(float[] array, int length) {
        return array.length < length ? new float[length] : array;
    }

    /** Copies one tile, and pads it with zeros. */
    private void copy(float[] source, int rows, int[] positions, int from, int occupied, float[] target) {
        for (int lane = 0; lane < occupied; lane++) {
            int position = positions[from + lane];
            origins[lane] = position / Tile.EXAMPLES * rows * Tile.EXAMPLES + position % Tile.EXAMPLES;
        }
        // a row of all examples after the other: their reads do not wait for each other, and the writes are in order
        for (int row = 0; row < rows; row++) {
            int at = (from / Tile.EXAMPLES * rows + row) * Tile.EXAMPLES;
            for (int lane = 0; lane < occupied; lane++) {
                target[at + lane] = source[origins[lane] + row * Tile.EXAMPLES];
            }
            Arrays.fill(target, at + occupied, at + Tile.EXAMPLES, 0f);
        }
    }
}
