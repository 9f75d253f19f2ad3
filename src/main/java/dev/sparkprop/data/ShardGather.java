package dev.sparkprop.data;

import java.util.Arrays;

/**
 * Copies selected examples of a shard into consecutive lanes. Reuses its arrays for the next shard; not thread-safe.
 */
public final class ShardGather {
    private float[] features = {};
    private float[] targets = {};
    private float[] weights = {};
    /** The offsets of a tile's examples in an array of the source shard. */
    private final int[] origins = new int[Tile.EXAMPLES];

    /**
     * Returns a shard with the selected examples only, packed as if it had been built from them. The next call
     * overwrites its arrays, which can be longer than its tiles.
     *
     * @param positions the positions of the examples in their shard, in the order of the result
     * @param count the number of positions to use
     */
    public Shard gather(Shard shard, int[] positions, int count) {
        int lanes = Tile.count(count) * Tile.EXAMPLES;
        int lanesBefore = shard.tiles() * Tile.EXAMPLES;
        int inputs = shard.features().length / lanesBefore;
        int outputs = shard.targets().length / lanesBefore;
        boolean weighted = shard.weights().length > 0;
        features = ensureCapacity(features, inputs * lanes);
        targets = ensureCapacity(targets, outputs * lanes);
        weights = ensureCapacity(weights, weighted ? lanes : 0);
        for (int from = 0; from < count; from += Tile.EXAMPLES) {
            int occupied = Math.min(Tile.EXAMPLES, count - from);
            copy(shard.features(), inputs, positions, from, occupied, features);
            copy(shard.targets(), outputs, positions, from, occupied, targets);
            if (weighted) {
                copy(shard.weights(), 1, positions, from, occupied, weights);
            }
        }
        return new Shard(shard.number(), count, features, targets, weighted ? weights : Shard.UNIT_WEIGHTS);
    }

    private static float[] ensureCapacity(float[] array, int length) {
        return array.length < length ? new float[length] : array;
    }

    /** Copies one tile and pads it with zeros. */
    private void copy(float[] source, int rows, int[] positions, int from, int occupied, float[] target) {
        for (int lane = 0; lane < occupied; lane++) {
            int position = positions[from + lane];
            origins[lane] = position / Tile.EXAMPLES * rows * Tile.EXAMPLES + position % Tile.EXAMPLES;
        }
        // copy row by row: the reads are independent of each other, and the writes are sequential
        for (int row = 0; row < rows; row++) {
            int at = (from / Tile.EXAMPLES * rows + row) * Tile.EXAMPLES;
            for (int lane = 0; lane < occupied; lane++) {
                target[at + lane] = source[origins[lane] + row * Tile.EXAMPLES];
            }
            Arrays.fill(target, at + occupied, at + Tile.EXAMPLES, 0f);
        }
    }
}
