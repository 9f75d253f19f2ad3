package dev.sparkprop.data;

/** Packs rows into a shard one by one. A row contains features, then targets, then the weight. */
public final class ShardPacker {
    private final RowLayout layout;
    private final Shard shard;
    private int packed;
    private boolean weighted;

    /** Creates a packer for one shard. */
    public ShardPacker(RowLayout layout, int number, int examples) {
        this.layout = layout;
        int lanes = Tile.count(examples) * Tile.EXAMPLES;
        this.shard = new Shard(
                number,
                examples,
                new float[Math.multiplyExact(lanes, layout.features())],
                new float[Math.multiplyExact(lanes, layout.outputs())],
                new float[lanes]);
    }

    /** Packs the next row, which starts at the given position of an array. */
    public void add(float[] rows, int at) {
        int inputs = layout.features();
        int outputs = layout.outputs();
        int tile = packed / Tile.EXAMPLES;
        int lane = packed % Tile.EXAMPLES;
        int featureOffset = tile * inputs * Tile.EXAMPLES + lane;
        for (int i = 0; i < inputs; i++) {
            shard.features()[featureOffset + i * Tile.EXAMPLES] = rows[at + i];
        }
        int targetOffset = tile * outputs * Tile.EXAMPLES + lane;
        if (layout.kind() == TargetKind.CLASSES) {
            shard.targets()[targetOffset + (int) rows[at + inputs] * Tile.EXAMPLES] = 1;
        } else {
            for (int o = 0; o < outputs; o++) {
                shard.targets()[targetOffset + o * Tile.EXAMPLES] = rows[at + inputs + o];
            }
        }
        float weight = rows[at + layout.weightOffset()];
        shard.weights()[packed] = weight;
        weighted |= weight != 1;
        packed++;
    }

    /** Returns true if all rows of the shard have been added. */
    public boolean complete() {
        return packed == shard.examples();
    }

    /** Returns the shard, which must be complete. */
    public Shard shard() {
        return weighted
                ? shard
                : new Shard(shard.number(), shard.examples(), shard.features(), shard.targets(), Shard.UNIT_WEIGHTS);
    }
}
