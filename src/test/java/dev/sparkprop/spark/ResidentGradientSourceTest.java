package dev.sparkprop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.data.Sharding;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.kernel.ScalarKernels;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.training.Batch;
import dev.sparkprop.training.Batches;
import dev.sparkprop.training.Engine;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.LocalGradientSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.JobExecutionStatus;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentGradientSourceTest {
    private static final Topology TOPOLOGY = RandomNets.sigmoid(5, 7, 2);
    private static final RandomNets.Rows ROWS = RandomNets.Rows.random(TOPOLOGY, 10_000, 1);
    private static final Sharding SHARDING = new Sharding(10_000, 256);
    private static final LocalGradientSource LOCAL =
            new LocalGradientSource(ROWS, SHARDING, TOPOLOGY, new ScalarKernels());

    private static JavaSparkContext context;

    private final List<String> console = new ArrayList<>();

    @BeforeAll
    static void start() {
        context = LocalSpark.context();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static ShardedDataset dataset(int partitions) {
        return new ShardedDataset(context, ROWS, SHARDING, OptionalInt.of(partitions));
    }

    private ResidentGradientSource source(ShardedDataset dataset, Engine engine) {
        return new ResidentGradientSource(
                engine, context, dataset, TOPOLOGY, KernelSelection.AUTO, new Ledger(), console::add);
    }

    private static List<float[]> candidates(long seed) {
        return List.of(
                RandomNets.rounded(RandomNets.parameters(TOPOLOGY, seed)),
                RandomNets.rounded(RandomNets.parameters(TOPOLOGY, seed + 1)));
    }

    private static void assertSameBits(List<GradientSum> actual, List<GradientSum> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).gradient()).containsExactly(expected.get(i).gradient());
            assertThat(actual.get(i).loss()).isEqualTo(expected.get(i).loss());
            assertThat(actual.get(i).correct()).isEqualTo(expected.get(i).correct());
            assertThat(actual.get(i).examples()).isEqualTo(expected.get(i).examples());
        }
    }

    private static long runningJobs() {
        return Arrays.stream(context.statusTracker().getActiveJobIds())
                .mapToObj(context.statusTracker()::getJobInfo)
                .filter(job -> job != null && job.status() == JobExecutionStatus.RUNNING)
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void manyEvaluationsInOneJobHaveTheBitsOfLocalOnes(int partitions) {
        try (ShardedDataset dataset = dataset(partitions);
                ResidentGradientSource source = source(dataset, Engine.AUTO)) {
            assertThat(source.description()).isEqualTo("tasks stay from one evaluation to the next");
            int before = context.statusTracker().getJobIdsForGroup(null).length;
            Batches batches = new Batches(10_000, 3_000, 1);
            for (int n = 0; n < 20; n++) {
                Batch batch = n % 2 == 0 ? Batch.whole(10_000) : batches.at(n);
                assertSameBits(source.evaluate(candidates(n), batch), LOCAL.evaluate(candidates(n), batch));
            }
            assertSameBits(source.losses(candidates(5)), LOCAL.losses(candidates(5)));
            assertThat(context.statusTracker().getJobIdsForGroup(null).length - before)
                    .isLessThanOrEqualTo(1);
        }
        assertThat(runningJobs()).isZero();
        assertThat(console).isEmpty();
    }

    @Test
    void othersFindPlacesInBetween() {
        try (ShardedDataset dataset = dataset(2);
                ResidentGradientSource source = source(dataset, Engine.RESIDENT)) {
            SparkGradientSource others = new SparkGradientSource(context, dataset, TOPOLOGY, KernelSelection.AUTO);
            for (int n = 0; n < 3; n++) {
                Batch whole = Batch.whole(10_000);
                assertSameBits(source.evaluate(candidates(n), whole), LOCAL.evaluate(candidates(n), whole));
                assertSameBits(source.beside(others).losses(candidates(n)), LOCAL.losses(candidates(n)));
            }
        }
        assertThat(console).isEmpty();
    }

    @Test
    void moreTasksThanPlacesAreJobs() {
        try (ShardedDataset dataset = dataset(5);
                ResidentGradientSource source = source(dataset, Engine.RESIDENT)) {
            assertThat(source.description())
                    .isEqualTo("each evaluation is a job, because 5 partitions do not find a core each");
            Batch whole = Batch.whole(10_000);
            assertSameBits(source.evaluate(candidates(1), whole), LOCAL.evaluate(candidates(1), whole));
        }
    }

    @Test
    void aCancelledJobEndsTheTrainingAfterTheEvaluation() {
        try (ShardedDataset dataset = dataset(2);
                ResidentGradientSource source = source(dataset, Engine.RESIDENT)) {
            Batch whole = Batch.whole(10_000);
            source.evaluate(candidates(1), whole);
            assertThat(source.cancelled()).isFalse();
            context.cancelAllJobs();
            // Spark takes a while to reach the tasks, which go on until then
            for (int n = 0; n < 100_000 && !source.cancelled(); n++) {
                assertSameBits(source.evaluate(candidates(2), whole), LOCAL.evaluate(candidates(2), whole));
            }
            assertThat(source.cancelled()).isTrue();
            assertThat(console).hasSize(1);
        }
    }
}
