package dev.sparkprop.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.IntStream;

/**
 * A fixed range of consecutive tiles, packed. The features of tile t start at {@code features[t·inputs·256]}, its
 * targets at {@code targets[t·outputs·256]}. The arrays are not copied and must not be modified after packing.
 *
 * @param number position among the shards of the dataset, from 0
 * @param examples number of examples, without padding
 * @param features {@code [tile][input][256]}
 * @param targets {@code [tile][output][256]}
 * @param weights {@code [tile][256]}, 0 for padding; empty if every example has weight 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
public record Shard(int number, int examples, float[] features, float[] targets, float[] weights)
        implements Serializable {
    /** The weights of a shard in which every example has weight 1. */
    public static final float[] UNIT_WEIGHTS = {};

    /** Packs one shard of a source. */
    public static Shard pack(ExampleSource source, Sharding sharding, int number) {
        int inputs = source.features();
        int outputs = source.targets();
        int examples = sharding.examplesIn(number);
        long first = sharding.firstExample(number);
        int tiles = Tile.count(examples);
        float[] features = new float[Math.multiplyExact(tiles, inputs * Tile.EXAMPLES)];
        float[] targets = new float[Math.multiplyExact(tiles, outputs * Tile.EXAMPLES)];
        float[] weights = source.weighted() ? new float[tiles * Tile.EXAMPLES] : UNIT_WEIGHTS;
        for (int tile = 0; tile < tiles; tile++) {
            int featureOffset = tile * inputs * Tile.EXAMPLES;
            int targetOffset = tile * outputs * Tile.EXAMPLES;
            int occupied = Tile.occupied(examples, tile);
            for (int lane = 0; lane < occupied; lane++) {
                long example = first + (long) tile * Tile.EXAMPLES + lane;
                source.write(example, features, featureOffset + lane, targets, targetOffset + lane);
                if (source.weighted()) {
                    weights[tile * Tile.EXAMPLES + lane] = source.weight(example);
                }
            }
        }
        return new Shard(number, examples, features, targets, weights);
    }

    /** Returns a fingerprint of the data: the first eight bytes of the SHA-256 of all features, targets and weights. */
    public long fingerprint() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
        update(digest, features);
        update(digest, targets);
        update(digest, weights);
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static void update(MessageDigest digest, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Tile.EXAMPLES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        // arrays consist of whole tiles or are empty
        for (int from = 0; from < values.length; from += Tile.EXAMPLES) {
            bytes.asFloatBuffer().put(values, from, Tile.EXAMPLES);
            digest.update(bytes.array());
        }
    }

    /** Returns the sum of the examples' weights. */
    public double totalWeight() {
        if (weights.length == 0) {
            return examples;
        }
        double total = 0;
        for (int example = 0; example < examples; example++) {
            total += weights[example];
        }
        return total;
    }

    /** Returns a copy of one example, which must not be padding. The arrays must end with the last tile. */
    public Example example(int position) {
        int lanes = tiles() * Tile.EXAMPLES;
        return new Example(
                lane(features, features.length / lanes, position),
                lane(targets, targets.length / lanes, position),
                weights.length == 0 ? 1 : weights[position]);
    }

    /** Returns one feature of an example. */
    public float feature(int position, int feature) {
        return at(features, inputs(), position, feature);
    }

    /** Returns one target of an example. */
    public float target(int position, int output) {
        return at(targets, outputs(), position, output);
    }

    /** Returns the weight of an example. */
    public float weight(int position) {
        return weights.length == 0 ? 1 : weights[position];
    }

    /** Returns the number of targets per example. */
    public int outputs() {
        return targets.length / (tiles() * Tile.EXAMPLES);
    }

    /** Returns the number of features per example. */
    public int inputs() {
        return features.length / (tiles() * Tile.EXAMPLES);
    }

    private static float at(float[] values, int rows, int position, int row) {
        return values[(position / Tile.EXAMPLES * rows + row) * Tile.EXAMPLES + position % Tile.EXAMPLES];
    }

    private static double[] lane(float[] tiles, int rows, int position) {
        int at = position / Tile.EXAMPLES * rows * Tile.EXAMPLES + position % Tile.EXAMPLES;
        return IntStream.range(0, rows)
                .mapToDouble(row -> tiles[at + row * Tile.EXAMPLES])
                .toArray();
    }

    /** Returns the number of tiles. */
    public int tiles() {
        return Tile.count(examples);
    }

    /** Returns the number of examples in a tile, without padding. */
    public int occupied(int tile) {
        return Tile.occupied(examples, tile);
    }
}
