package dev.sparkprop.spark.engine;

import static dev.sparkprop.evaluation.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.generated.XorTruthTable;
import dev.sparkprop.evaluation.Batch;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.evaluation.LocalGradientSource;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.kernel.ScalarKernels;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.Ledger.Phase;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobGradientSourceTest {
    private static JavaSparkContext context;

    @BeforeAll
    static void start() {
        context = LocalSpark.context();
    }

    private static CostAndGradient distributed(
            ExampleSource source, Sharding sharding, Topology topology, Request request, OptionalInt partitions) {
        try (ShardedDataset dataset = new ShardedDataset(context, source, sharding, partitions)) {
            return SparkGradientSource.jobs(context, dataset, topology, KernelSelection.AUTO)
                    .evaluate(request)
                    .get(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 64})
    void jobsGiveTheLocalBitsForAnyNumberOfPartitions(int partitions) {
        Topology topology = RandomNets.sigmoid(5, 7, 2);
        RandomNets.Rows rows = RandomNets.Rows.random(topology, 10_000, 1);
        Sharding sharding = new Sharding(10_000, 256);
        float[] parameters = RandomNets.rounded(RandomNets.parameters(topology, 1));
        LocalGradientSource source = new LocalGradientSource(rows, sharding, topology, new ScalarKernels());
        // all examples, about half of each shard, and so few that some partitions have none
        for (int size : new int[] {10_000, 5_000, 7}) {
            Batch batch = new Batches(10_000, size, 1).at(1);
            Request request = Request.gradients(List.of(parameters), batch);
            assertSameBits(
                    distributed(rows, sharding, topology, request, OptionalInt.of(partitions)),
                    source.evaluate(request).get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void lossesMatchAFullEvaluation(int partitions) {
        Topology topology = RandomNets.sigmoid(5, 7, 2);
        RandomNets.Rows rows = RandomNets.Rows.random(topology, 3_000, 1);
        Sharding sharding = new Sharding(3_000, 256);
        float[] parameters = RandomNets.rounded(RandomNets.parameters(topology, 1));
        CostAndGradient expected = new LocalGradientSource(rows, sharding, topology, new ScalarKernels())
                .evaluate(Request.gradients(List.of(parameters), Batch.all(3_000)))
                .get(0);
        try (ShardedDataset dataset = new ShardedDataset(context, rows, sharding, OptionalInt.of(partitions))) {
            CostAndGradient second = SparkGradientSource.jobs(context, dataset, topology, KernelSelection.AUTO)
                    .evaluate(Request.losses(List.of(parameters, parameters), 3_000))
                    .get(1);
            assertThat(second.gradient()).isEmpty();
            assertThat(second.cost()).isEqualTo(expected.cost());
            assertThat(second.accuracy()).isEqualTo(expected.accuracy());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void returnsTheExamplesOfABatch(int partitions) {
        RandomNets.Rows rows = RandomNets.Rows.random(RandomNets.sigmoid(2, 1), 1_100, 1);
        Batch batch = new Batches(1_100, 600, 1).at(0);
        Batch allExamples = Batch.all(1_100);
        try (ShardedDataset dataset =
                new ShardedDataset(context, rows, new Sharding(1_100, 512), OptionalInt.of(partitions))) {
            assertThat(dataset.examples(allExamples).stream().map(example -> example.features()[0]))
                    .containsExactlyElementsOf(rows.list().stream()
                            .map(example -> example.features()[0])
                            .toList());
            // the last shard contains fewer tiles of the batch than the others
            assertThat(dataset.examples(batch).stream().map(example -> example.features()[0]))
                    .containsExactlyElementsOf(LongStream.range(batch.from(), batch.until())
                            .map(batch.order()::at)
                            .sorted()
                            .mapToObj(example -> rows.x()[(int) example][0])
                            .toList());
        }
    }

    @Test
    void emptyPartitionsDoNotChangeTheSum() {
        Topology topology = RandomNets.sigmoid(2, 2, 1);
        RandomNets.Rows rows = RandomNets.Rows.random(topology, 3, 1);
        float[] parameters = RandomNets.rounded(RandomNets.parameters(topology, 1));
        Sharding sharding = new Sharding(3, 256);
        Request request = Request.gradients(List.of(parameters), Batch.all(3));
        assertSameBits(
                distributed(rows, sharding, topology, request, OptionalInt.of(8)),
                new LocalGradientSource(rows, sharding, topology, new ScalarKernels())
                        .evaluate(request)
                        .get(0));
    }

    @Test
    void partitionsFollowCoresAndNeverExceedShards() {
        XorTruthTable small = new XorTruthTable(1);
        assertThat(partitions(small)).isEqualTo(1);
        assertThat(partitions(new XorTruthTable(250_000))).isEqualTo(2);
        // 4.8 GB need 23 partitions of at most 208 MiB, rounded up to a power of two. In a heap of 3 GiB, 208 MiB are
        // a quarter of a core's share of the cache.
        assertThat(partitions(new XorTruthTable(100_000_000))).isEqualTo(32);
    }

    private static int partitions(ExampleSource source) {
        try (ShardedDataset dataset = new ShardedDataset(context, source, Sharding.of(source), OptionalInt.empty())) {
            return dataset.partitions();
        }
    }

    @Test
    void packingCountsEveryExampleOnceAndCachesShards() {
        XorTruthTable xor = new XorTruthTable(100_000);
        try (ShardedDataset dataset = new ShardedDataset(context, xor, Sharding.of(xor), OptionalInt.of(3))) {
            assertThat(dataset.pack()).isEqualTo(400_000);
            // three floats per example, and at most a tenth for everything else
            assertThat(dataset.bytesInMemory() + dataset.bytesOnDisk())
                    .isBetween(400_000L * 12, 400_000L * 12 * 11 / 10);
            // pack() has waited until Spark reports the cached partitions
            assertThat(context.sc().getRDDStorageInfo()[0].numCachedPartitions())
                    .isEqualTo(3);
        }
        assertThat(context.sc().getRDDStorageInfo()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE})
    void booksTimesWithAndWithoutSlicedSums(long directBytes) {
        XorTruthTable xor = new XorTruthTable(100_000);
        Topology topology = RandomNets.sigmoid(2, 10, 1);
        try (ShardedDataset dataset = new ShardedDataset(context, xor, Sharding.of(xor), OptionalInt.of(5))) {
            dataset.pack();
            Ledger ledger = new Ledger();
            Summation summation = new Summation(context, dataset, topology, KernelSelection.AUTO, ledger);
            TimedGradientSource source =
                    new TimedGradientSource(SparkGradientSource.jobs(context, dataset, summation, directBytes), ledger);
            long start = System.nanoTime();
            source.evaluate(Request.gradients(List.of(new float[topology.parameterCount()]), Batch.all(400_000)));
            double wall = (System.nanoTime() - start) / 1e6;
            Ledger.Times times = ledger.total(1);
            assertThat(times.total()).isBetween(0.9 * wall, wall);
            assertThat(times.milliseconds())
                    .hasEntrySatisfying(
                            Phase.COMPUTE,
                            compute -> assertThat(compute)
                                    .isBetween(
                                            Math.max(times.slowestTask(), times.taskMilliseconds() / 2) - 1e-6, wall));
            assertThat(times.milliseconds().get(Phase.BROADCAST)).isPositive();
            assertThat(times.milliseconds().get(Phase.SCHEDULE)).isPositive();
            assertThat(times.milliseconds().get(Phase.COMBINE)).isPositive();
            // five tasks on two cores
            assertThat(times.taskMilliseconds()).isBetween(times.slowestTask(), 5 * times.slowestTask());
            assertThat(times.stragglers()).isBetween(1.0, 5.0);
        }
    }
}
