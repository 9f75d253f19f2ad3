package dev.sparkprop.data;

/** Packs a shard of rows that come one after the other: features, then targets, then the weight. */
public final class ShardPacker {
    private final int inputs;
    private final int outputs;
    private final boolean classes;
    private final Shard shard;
    private int packed;
    private boolean weighted;

    /**
     * For the rows of one shard.
     *
     * @param classes whether a row holds the number of its class instead of targets
     */
    private ShardPacker(int inputs, int outputs, boolean classes, int number, int examples) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.classes = classes;
        int lanes = Tile.count(examples) * Tile.EXAMPLES;
        this.shard = new Shard(
                number,
                examples,
                new float[Math.multiplyExact(lanes, inputs)],
                new float[Math.multiplyExact(lanes, outputs)],
                new float[lanes]);
    }

    /** For rows with a number for each output. */
    public static ShardPacker ofTargets(int inputs, int outputs, int number, int examples) {
        return new ShardPacker(inputs, outputs, false, number, examples);
    }

    /** For rows with the number of their class, of as many as there are outputs. */
    public static ShardPacker ofClasses(int inputs, int outputs, int number, int examples) {
        return new ShardPacker(inputs, outputs, true, number, examples);
    }

    /** Packs the next row, which begins somewhere in an array. */
    public void add(float[] rows, int at) {
        int tile = packed / Tile.EXAMPLES;
        int lane = packed % Tile.EXAMPLES;
        int featureAt = tile * inputs * Tile.EXAMPLES + lane;
        for (int i = 0; i < inputs; i++) {
            shard.features()[featureAt + i * Tile.EXAMPLES] = rows[at + i];
        }
        int targetAt = tile * outputs * Tile.EXAMPLES + lane;
        if (classes) {
            shard.targets()[targetAt + (int) rows[at + inputs] * Tile.EXAMPLES] = 1;
        } else {
            for (int o = 0; o < outputs; o++) {
                shard.targets()[targetAt + o * Tile.EXAMPLES] = rows[at + inputs + o];
            }
        }
        float weight = rows[at + inputs + (classes ? 1 : outputs)];
        shard.weights()[packed] = weight;
        weighted |= weight != 1;
        packed++;
    }

    /** Whether no row is missing. */
    public boolean complete() {
        return packed == shard.examples();
    }

    /** The shard, once it is complete. */
    public Shard shard() {
        return weighted
                ? shard
                : new Shard(shard.number(), shard.examples(), shard.features(), shard.targets(), Shard.ALL_WEIGH_ONE);
    }
}
