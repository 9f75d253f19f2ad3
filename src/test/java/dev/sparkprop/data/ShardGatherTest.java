package dev.sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardGatherTest {
    private static final int EXAMPLES = 700;

    /** Returns a shard whose features and targets identify each example's number. */
    private static Shard numbered(boolean weighted) {
        int lanes = Tile.count(EXAMPLES) * Tile.EXAMPLES;
        Shard shard = new Shard(
                0, EXAMPLES, new float[2 * lanes], new float[lanes], weighted ? new float[lanes] : Shard.UNIT_WEIGHTS);
        for (int example = 0; example < EXAMPLES; example++) {
            int feature = feature(example);
            shard.features()[feature] = example + 1;
            shard.features()[feature + Tile.EXAMPLES] = -example - 1;
            shard.targets()[example] = example + 0.5f;
            if (weighted) {
                shard.weights()[example] = 1 + example % 3;
            }
        }
        return shard;
    }

    /** Returns the index of an example's first feature. */
    private static int feature(int example) {
        return example / Tile.EXAMPLES * 2 * Tile.EXAMPLES + example % Tile.EXAMPLES;
    }

    @Test
    void gathersExamplesAndClearsTheRestOfTheLastTile() {
        ShardGather gather = new ShardGather();
        for (boolean weighted : new boolean[] {true, false}) {
            Shard shard = numbered(weighted);
            for (int step : new int[] {1, 2, 150, 3, 1000}) {
                int[] positions = IntStream.range(0, EXAMPLES)
                        .filter(e -> e % step == step - 1)
                        .toArray();
                assertGathered(gather.gather(shard, positions, positions.length), positions, weighted);
            }
        }
    }

    private static void assertGathered(Shard gathered, int[] positions, boolean weighted) {
        assertThat(gathered.examples()).isEqualTo(positions.length);
        assertThat(gathered.weights().length > 0).isEqualTo(weighted);
        double totalWeight = 0;
        for (int lane = 0; lane < gathered.tiles() * Tile.EXAMPLES; lane++) {
            boolean padding = lane >= positions.length;
            int number = padding ? 0 : positions[lane] + 1;
            int feature = feature(lane);
            assertThat(gathered.features()[feature]).isEqualTo(number);
            assertThat(gathered.features()[feature + Tile.EXAMPLES]).isEqualTo(-number);
            assertThat(gathered.targets()[lane]).isEqualTo(padding ? 0 : number - 0.5f);
            if (weighted) {
                assertThat(gathered.weights()[lane]).isEqualTo(padding ? 0 : 1 + positions[lane] % 3);
            }
            totalWeight += padding ? 0 : weighted ? 1 + positions[lane] % 3 : 1;
        }
        assertThat(gathered.totalWeight()).isEqualTo(totalWeight);
    }
}
