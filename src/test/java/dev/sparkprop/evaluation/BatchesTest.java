package dev.sparkprop.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.generated.Spirals;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Adam;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.optimizer.Descent;
import dev.sparkprop.optimizer.LearningRate;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.training.Best;
import dev.sparkprop.training.MeanObjective;
import dev.sparkprop.training.Penalty;
import dev.sparkprop.training.Schedule;
import dev.sparkprop.training.Trainer;
import dev.sparkprop.training.TrainingListener;
import dev.sparkprop.training.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("optimized")
class BatchesTest {
    private static final int EXAMPLES = 1_500;
    private static final Topology NET = RandomNets.of(Activation.TANH, Output.SOFTMAX, 5, 7, 3);
    private static final float[] PARAMETERS = RandomNets.rounded(RandomNets.parameters(NET, 2));

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "10, 3", "10, 5", "10, 9", "10, 10", "10, 11", "1000, 64"})
    void epochContainsEveryExampleOnce(long examples, long size) {
        Batches batches = new Batches(examples, size, 1);
        int perEpoch = (int) batches.perEpoch();
        assertThat(perEpoch).isEqualTo((int) Math.ceil((double) examples / size));
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Long> seen = new ArrayList<>();
            for (int batch = 0; batch < perEpoch; batch++) {
                assertThat(batches.examplesIn((long) epoch * perEpoch + batch))
                        .isEqualTo(epoch * examples + seen.size());
                numbers(batches.at(epoch * perEpoch + batch)).forEach(seen::add);
            }
            assertThat(seen).doesNotHaveDuplicates().hasSize((int) examples).allMatch(e -> e >= 0 && e < examples);
        }
    }

    private static LongStream numbers(Batch batch) {
        return LongStream.range(batch.from(), batch.until()).map(batch::example);
    }

    @Test
    void epochsAndSeedsHaveDifferentOrders() {
        Batches batches = new Batches(1000, 100, 1);
        long[] first = numbers(batches.at(0)).toArray();
        assertThat(numbers(batches.at(0)).toArray()).isEqualTo(first);
        assertThat(numbers(batches.at(10)).toArray()).isNotEqualTo(first);
        assertThat(numbers(new Batches(1000, 100, 2).at(0)).toArray()).isNotEqualTo(first);
    }

    /** Covers small batches, whose examples are listed, and large batches, whose examples are looked up. */
    @ParameterizedTest
    @CsvSource({"10, false", "10, true", "300, false", "700, true", "1400, true"})
    void batchMeanIsTheMeanOfItsExamples(int size, boolean weighted) {
        RandomNets.Rows rows = rows(weighted);
        Batch batch = new Batches(EXAMPLES, size, 1).at(0);
        int[] members = numbers(batch).sorted().mapToInt(e -> (int) e).toArray();
        RandomNets.Rows batchRows = new RandomNets.Rows(
                IntStream.of(members).mapToObj(e -> rows.x()[e]).toArray(double[][]::new),
                IntStream.of(members).mapToObj(e -> rows.t()[e]).toArray(double[][]::new),
                weighted
                        ? IntStream.of(members)
                                .mapToDouble(e -> rows.weights()[e])
                                .toArray()
                        : new double[0]);
        CostAndGradient expected = mean(batchRows, 2048, Batch.all(size));
        SameBits.assertSameBits(mean(rows, 2048, batch), expected);
        CostAndGradient sixShards = mean(rows, 256, batch);
        assertThat(RandomNets.relativeDistance(sixShards.gradient(), expected.gradient()))
                .isLessThan(1e-6);
        assertThat(sixShards.cost()).isCloseTo(expected.cost(), within(1e-6 * expected.cost()));
        assertThat(sixShards.accuracy()).isEqualTo(expected.accuracy());
    }

    private static RandomNets.Rows rows(boolean weighted) {
        RandomNets.Rows rows = RandomNets.Rows.random(NET, EXAMPLES, 1);
        double[] weights = IntStream.range(0, weighted ? EXAMPLES : 0)
                .mapToDouble(e -> e % 3)
                .toArray();
        return new RandomNets.Rows(rows.x(), rows.t(), weights);
    }

    private static CostAndGradient mean(RandomNets.Rows rows, int shardExamples, Batch batch) {
        return source(rows, shardExamples)
                .evaluate(Request.gradients(List.of(PARAMETERS), batch))
                .get(0);
    }

    private static LocalGradientSource source(RandomNets.Rows rows, int shardExamples) {
        return new LocalGradientSource(
                rows, new Sharding(rows.examples(), shardExamples), NET, KernelSelection.AUTO.kernels());
    }

    /** The workspace of one batch must not affect the next batch, whether that is larger or smaller. */
    @Test
    void batchesDoNotAffectEachOther() {
        LocalGradientSource source = source(rows(true), 256);
        for (int size : new int[] {1400, 10, 700, 300, EXAMPLES}) {
            Batch batch = new Batches(EXAMPLES, size, 1).at(0);
            SameBits.assertSameBits(
                    source.evaluate(Request.gradients(List.of(PARAMETERS), batch)),
                    List.of(mean(rows(true), 256, batch)));
        }
    }

    @Test
    void batchOfWeightZeroChangesNoParameter() {
        RandomNets.Rows rows = RandomNets.Rows.random(NET, 4, 1);
        RandomNets.Rows rowsWithZeroWeight = new RandomNets.Rows(rows.x(), rows.t(), new double[] {1, 0, 1, 1});
        MeanObjective objective =
                new MeanObjective(source(rowsWithZeroWeight, 256), NET, Penalty.NONE, new Batches(4, 1, 1));
        int zeroWeightBatch = IntStream.range(0, 4)
                .filter(n -> new Batches(4, 1, 1).at(n).contains(1))
                .findFirst()
                .getAsInt();
        CostAndGradient evaluation = objective.evaluate(RandomNets.parameters(NET, 2), zeroWeightBatch);
        assertThat(evaluation.gradient()).containsOnly(0);
        assertThat(evaluation.cost()).isZero();
        assertThat(evaluation.accuracy()).isNaN();
    }

    /** Resumes after each iteration, and therefore at each position in an epoch. */
    @Test
    void resumesWithTheSameBits() {
        Batches batches = new Batches(EXAMPLES, 400, 1);
        MeanObjective objective = new MeanObjective(source(rows(false), 256), NET, Penalty.NONE, batches);
        List<double[]> parameters = new ArrayList<>();
        TrainingResult undisturbed = trainer(
                        9, iteration -> parameters.add(iteration.parameters().clone()))
                .train(objective, Trainer.Start.of(RandomNets.parameters(NET, 2)), batches::examplesIn);
        assertThat(undisturbed.evaluations()).isEqualTo(10);
        assertThat(batches.examplesIn(10)).isEqualTo(2 * EXAMPLES + 2 * 400);
        for (int stop = 1; stop < 9; stop++) {
            Trainer.Start start =
                    new Trainer.Start(new Optimizer.Start(stop, parameters.get(stop), Map.of()), 0, 0, Best.NONE);
            TrainingResult resumed = trainer(9, iteration -> {}).train(objective, start, batches::examplesIn);
            assertThat(resumed.parameters()).as("stopped after %d", stop).containsExactly(undisturbed.parameters());
            assertThat(resumed.cost()).isEqualTo(undisturbed.cost());
        }
    }

    private static Trainer trainer(int iterations, TrainingListener listener) {
        return new Trainer(new Schedule(iterations, 1, 1, OptionalInt.of(1_000_000)), Descent.plain(0.5), listener);
    }

    /** Compares 20 epochs of batches with 20 full-batch iterations, which hardly learn the spirals. */
    @Test
    void batchesLearnInFewEpochs() {
        assertThat(costAfterTraining(20 * 40, 100)).isLessThan(0.05);
        assertThat(costAfterTraining(20, 4_000)).isGreaterThan(0.5);
    }

    /** Returns the cost over all examples after the given number of iterations. */
    private static double costAfterTraining(int iterations, int batch) {
        Spirals spirals = new Spirals(4_000, 0.02, 1, 1);
        Topology net = RandomNets.of(Activation.TANH, Output.SIGMOID, 2, 32, 32, 1);
        LocalGradientSource source =
                new LocalGradientSource(spirals, Sharding.of(spirals), net, KernelSelection.AUTO.kernels());
        Batches batches = new Batches(spirals.examples(), batch, 1);
        MeanObjective objective = new MeanObjective(source, net, Penalty.NONE, batches);
        Descent adam = new Descent(new Adam(0.9, 0.999, 1e-8), LearningRate.constant(0.01), OptionalDouble.empty());
        double[] initial = WeightInitializer.XAVIER.parameters(new ParameterLayout(net), 1, 1);
        TrainingResult result = new Trainer(
                        new Schedule(iterations, 100, 100, OptionalInt.of(1_000_000)), adam, iteration -> {})
                .train(objective, Trainer.Start.of(initial), batches::examplesIn);
        return new MeanObjective(source, net).evaluate(result.parameters(), 0).cost();
    }

    @Test
    void rejectsInvalidBatches() {
        assertThatThrownBy(() -> new Batches(10, 0, 1))
                .hasMessage("Invalid batches: size 0, examples 10 (both must be at least 1)");
        assertThatThrownBy(() -> new Batch(Batch.all(10).order(), 7, 7))
                .hasMessage("Invalid batch: positions 7 to 7 of 10 examples");
    }
}
