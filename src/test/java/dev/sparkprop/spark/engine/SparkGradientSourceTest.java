package dev.sparkprop.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.data.Sharding;
import dev.sparkprop.evaluation.Batch;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.evaluation.LocalGradientSource;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.evaluation.SameBits;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.kernel.ScalarKernels;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.training.Engine;
import dev.sparkprop.training.Ledger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import org.apache.spark.JobExecutionStatus;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkGradientSourceTest {
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

    private static ShardedDataset dataset(int partitions) {
        return new ShardedDataset(context, ROWS, SHARDING, OptionalInt.of(partitions));
    }

    private SparkGradientSource source(ShardedDataset dataset, Engine engine) {
        return new SparkGradientSource(
                engine, context, dataset, TOPOLOGY, KernelSelection.AUTO, new Ledger(), console::add);
    }

    private static List<float[]> candidates(long seed) {
        return List.of(
                RandomNets.rounded(RandomNets.parameters(TOPOLOGY, seed)),
                RandomNets.rounded(RandomNets.parameters(TOPOLOGY, seed + 1)));
    }

    private static void assertLocalBits(GradientSource source, Request request) {
        SameBits.assertSameBits(source.evaluate(request), LOCAL.evaluate(request));
    }

    private static long runningJobs() throws TimeoutException {
        context.sc().listenerBus().waitUntilEmpty();
        return Arrays.stream(context.statusTracker().getActiveJobIds())
                .mapToObj(context.statusTracker()::getJobInfo)
                .filter(job -> job != null && job.status() == JobExecutionStatus.RUNNING)
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16})
    void oneJobGivesTheLocalBitsForManyEvaluations(int partitions) throws TimeoutException {
        try (ShardedDataset dataset = dataset(partitions);
                SparkGradientSource source = source(dataset, Engine.AUTO)) {
            assertThat(source.description()).isEqualTo("resident tasks");
            int before = context.statusTracker().getJobIdsForGroup(null).length;
            Batches batches = new Batches(10_000, 3_000, 1);
            for (int n = 0; n < 20; n++) {
                Batch batch = n % 2 == 0 ? Batch.all(10_000) : batches.at(n);
                assertLocalBits(source, Request.gradients(candidates(n), batch));
            }
            assertLocalBits(source, Request.losses(candidates(5), 10_000));
            assertThat(context.statusTracker().getJobIdsForGroup(null).length - before)
                    .isLessThanOrEqualTo(1);
        }
        assertThat(runningJobs()).isZero();
        assertThat(console).isEmpty();
    }

    @Test
    void jobsRunBetweenResidentEvaluations() {
        try (ShardedDataset dataset = dataset(2);
                SparkGradientSource source = source(dataset, Engine.RESIDENT)) {
            GradientSource jobs = SparkGradientSource.jobs(context, dataset, TOPOLOGY, KernelSelection.AUTO);
            for (int n = 0; n < 3; n++) {
                Batch allExamples = Batch.all(10_000);
                assertLocalBits(source, Request.gradients(candidates(n), allExamples));
                assertLocalBits(source.releasingBefore(jobs), Request.losses(candidates(n), 10_000));
            }
        }
        assertThat(console).isEmpty();
    }

    @Test
    void cancelledJobEndsTheTrainingAfterTheEvaluation() {
        try (ShardedDataset dataset = dataset(2);
                SparkGradientSource source = source(dataset, Engine.RESIDENT)) {
            Batch allExamples = Batch.all(10_000);
            source.evaluate(Request.gradients(candidates(1), allExamples));
            assertThat(source.cancelled()).isFalse();
            context.cancelAllJobs();
            // the cancellation takes a while to reach the tasks, which continue until then
            for (int n = 0; n < 100_000 && !source.cancelled(); n++) {
                assertLocalBits(source, Request.gradients(candidates(2), allExamples));
            }
            assertThat(source.cancelled()).isTrue();
            assertThat(console).hasSize(1);
        }
    }
}
