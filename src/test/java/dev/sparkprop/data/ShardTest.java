package dev.sparkprop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.data.generated.XorTruthTable;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardTest {
    @Test
    void everyShardContinuesTheTruthTable() {
        XorTruthTable xor = new XorTruthTable(200);
        Sharding sharding = new Sharding(xor.examples(), 256);
        assertThat(sharding.shards()).isEqualTo(4);
        long example = 0;
        for (int number = 0; number < 4; number++) {
            Shard shard = Shard.pack(xor, sharding, number);
            assertThat(sharding.firstExample(number)).isEqualTo(example);
            for (int lane = 0; lane < shard.examples(); lane++, example++) {
                int first = (int) (example % 4) / 2;
                int second = (int) (example % 2);
                assertThat(shard.features()[lane]).isEqualTo(first);
                assertThat(shard.features()[Tile.EXAMPLES + lane]).isEqualTo(second);
                assertThat(shard.targets()[lane]).isEqualTo(first == second ? 0 : 1);
            }
        }
        assertThat(example).isEqualTo(800);
    }

    @Test
    void lastTileIsPaddedWithZeros() {
        XorTruthTable xor = new XorTruthTable(65);
        Shard shard = Shard.pack(xor, new Sharding(260, 512), 0);
        assertThat(shard.tiles()).isEqualTo(2);
        assertThat(shard.occupied(0)).isEqualTo(256);
        assertThat(shard.occupied(1)).isEqualTo(4);
        assertThat(shard.features()).hasSize(2 * 2 * 256);
        for (int lane = 4; lane < 256; lane++) {
            assertThat(shard.features()[512 + lane]).isZero();
            assertThat(shard.targets()[256 + lane]).isZero();
        }
    }

    @Test
    void returnsTheExamplesThatWerePacked() {
        List<Example> examples = IntStream.range(0, 600)
                .mapToObj(e -> new Example(new double[] {e, -e, e + 0.5}, new double[] {2 * e, e % 2}, e % 3))
                .toList();
        ListedExamples source = new ListedExamples(examples);
        assertThat(source.bytesPerExample()).isEqualTo(20);
        Sharding sharding = new Sharding(600, 512);
        for (int e : new int[] {0, 255, 256, 511, 512, 599}) {
            Example example = Shard.pack(source, sharding, e / 512).example(e % 512);
            assertThat(example.features()).containsExactly(e, -e, e + 0.5);
            assertThat(example.targets()).containsExactly(2 * e, e % 2);
            assertThat(example.weight()).isEqualTo(e % 3);
        }
        assertThat(Shard.pack(new XorTruthTable(1), new Sharding(4, 256), 0)
                        .example(1)
                        .weight())
                .isEqualTo(1);
    }

    @Test
    void narrowShardsHold16384ExamplesAndWideOnesEightMebibytes() {
        XorTruthTable xor = new XorTruthTable(1_000_000_000);
        assertThat(Sharding.of(xor)).isEqualTo(new Sharding(4_000_000_000L, 16_384));
        assertThat(Sharding.of(xor).shards()).isEqualTo(244_141);
        assertThat(Sharding.of(xor).examplesIn(244_140)).isEqualTo(4_000_000_000L - 244_140L * 16_384);
        assertThat(Sharding.of(new Wide(785)).shardExamples()).isEqualTo(2_048);
        assertThat(Sharding.of(new Wide(10_000_000)).shardExamples()).isEqualTo(256);
    }

    /**
     * Tests a million examples of 44 bytes. With the default shard size, a batch of 4,096 would have 67 examples per
     * shard.
     */
    @Test
    void shardsAreLargerForSmallBatches() {
        assertThat(shardExamples(44, 4_096)).isEqualTo(131_072);
        assertThat(shardExamples(44, 16_384)).isEqualTo(32_768);
        assertThat(shardExamples(44, 65_536)).isEqualTo(16_384);
        assertThat(shardExamples(44, 2_000_000)).isEqualTo(16_384);
        assertThat(shardExamples(44, 1)).isEqualTo(131_072);
        assertThat(shardExamples(3_000, 1)).isEqualTo(2_048);
    }

    private static int shardExamples(long bytesPerExample, int batch) {
        return Sharding.of(1_000_000, bytesPerExample, OptionalInt.empty(), OptionalInt.of(batch))
                .shardExamples();
    }

    private record Wide(int features) implements ExampleSource {
        @Override
        public int targets() {
            return 1;
        }

        @Override
        public long examples() {
            return 1;
        }

        @Override
        public void write(long example, float[] features, int featureOffset, float[] targets, int targetOffset) {}
    }

    @Test
    void rejectsInvalidSizes() {
        assertThatThrownBy(() -> new Sharding(10, 100))
                .hasMessage("Invalid shard-examples: 100 (must be a positive multiple of 256)");
        assertThatThrownBy(() -> new Sharding(0, 256)).hasMessageContaining("must be at least 1");
        assertThatThrownBy(() -> new Sharding(1L << 40, 256)).hasMessageContaining("more than 134217728 shards");
        assertThatThrownBy(() -> new XorTruthTable(0)).hasMessageContaining("Invalid copies: 0");
        assertThatThrownBy(() -> Sharding.of(4, 12, OptionalInt.of(256 << 20), OptionalInt.empty()))
                .hasMessageContaining("must be at most 178956970");
        assertThat(Sharding.of(new XorTruthTable(1L << 39)).shards()).isEqualTo(1 << 27);
        assertThatThrownBy(() -> Sharding.of(new XorTruthTable(XorTruthTable.MAX_COPIES)))
                .hasMessageContaining("Invalid shard-examples: 16384 (17592186044416 examples");
    }
}
