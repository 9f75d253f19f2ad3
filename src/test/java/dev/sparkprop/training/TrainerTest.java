package dev.sparkprop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.XorTruthTable;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.GoldenTrajectory;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.Evaluation;
import dev.sparkprop.optimizer.GradientDescent;
import dev.sparkprop.optimizer.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    private static Objective objective(Topology topology, ExampleSource source) {
        return new MeanObjective(
                new LocalGradientSource(source, Sharding.of(source), topology, KernelSelection.AUTO.kernels()),
                topology);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xor-logistic-gd", "xor-2-2-1-gd", "xor-wide-2-10-1-gd", "xor-deep-2-10-10-10-1-gd"})
    void tileKernelsFollowTheGoldenTrajectory(String name) {
        GoldenTrajectory golden = GoldenTrajectory.read(name);
        Objective objective = objective(golden.topology(), golden.rows());
        assertThat(objective.evaluate(golden.initial()).gradient())
                .containsExactly(golden.firstGradient(), within(1e-6));
        List<Double> costs = new ArrayList<>();
        int iterations = golden.costs().length - 1;
        TrainingResult result = new Trainer(
                        new Schedule(iterations, 1, 1, OptionalInt.of(1_000_000)),
                        new GradientDescent(golden.learningRate()),
                        iteration -> costs.add(iteration.cost()))
                .train(objective, Trainer.Start.of(golden.initial()), 4);
        assertThat(costs).hasSameSizeAs(golden.costs());
        for (int n = 0; n <= iterations; n++) {
            assertThat(costs.get(n))
                    .as("iteration %d", n)
                    .isCloseTo(golden.costs()[n], within(2e-5 * golden.costs()[n]));
        }
        assertThat(RandomNets.relativeDistance(result.parameters(), golden.last()))
                .isLessThan(2e-5);
    }

    @Test
    void logsTheStartTheEndAndWhatIsDueBetween() {
        List<Integer> logged = new ArrayList<>();
        Objective flat = parameters -> new Evaluation(1, new double[1], 0);
        new Trainer(
                        new Schedule(25, 10, 1, OptionalInt.of(1_000_000)),
                        new GradientDescent(1),
                        iteration -> logged.add(iteration.number()))
                .train(flat, Trainer.Start.of(new double[1]), 1);
        assertThat(logged).containsExactly(0, 1, 11, 21, 25);
        logged.clear();
        new Trainer(
                        new Schedule(25, 10, 10, OptionalInt.of(1_000_000)),
                        new GradientDescent(1),
                        iteration -> logged.add(iteration.number()))
                .train(flat, Trainer.Start.of(new double[1]), 1);
        assertThat(logged).containsExactly(0, 10, 20, 25);
    }

    @Test
    void tellsTheLowestCostSoFarAlsoOfWhatItGoesOnFrom() {
        // p ← p − 0.75·4p = −2p where the cost is (p − 4)²: 9 at 1, 36 at −2, 0 at 4, 144 at −8
        Objective valley = p -> new Evaluation((p[0] - 4) * (p[0] - 4), new double[] {4 * p[0]}, 0);
        Trainer trainer = new Trainer(
                new Schedule(3, 1, 1, OptionalInt.of(1_000_000)), new GradientDescent(0.75), iteration -> {});
        assertThat(trainer.train(valley, Trainer.Start.of(new double[] {1}), 1).best())
                .isEqualTo(new Best(2, 0));
        Trainer.Start later = new Trainer.Start(3, new double[] {-8}, 0, new Best(2, 0));
        assertThat(trainer.train(valley, later, 1).best()).isEqualTo(new Best(2, 0));
    }

    @Test
    void stopsAtTheFirstCostThatIsNotFinite() {
        // p ← p − 3·2p = −5p, so the cost p² overflows after some 220 updates
        Objective bowl = p -> new Evaluation(p[0] * p[0], new double[] {2 * p[0]}, 0);
        Trainer trainer = new Trainer(
                new Schedule(1000, 1, 1, OptionalInt.of(1_000_000)), new GradientDescent(3), iteration -> {});
        assertThatThrownBy(() -> trainer.train(bowl, Trainer.Start.of(new double[] {1}), 1))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("Diverged at iteration 221")
                .hasMessageContaining("gradient-descent with learning-rate 3.0");
    }

    /** Sums of up to four million float32 losses, in float64 beyond a tile, agree to well below 1e-6. */
    @Test
    void copiesOfTheDataDoNotChangeTheCost() {
        Topology topology = RandomNets.sigmoid(2, 2, 1);
        double[] initial = RandomNets.parameters(topology, 1);
        double once = costAfterHundred(topology, initial, 1);
        for (long copies : new long[] {3, 1_000, 1_000_000}) {
            assertThat(costAfterHundred(topology, initial, copies)).isCloseTo(once, within(1e-6));
        }
    }

    private static double costAfterHundred(Topology topology, double[] initial, long copies) {
        return new Trainer(
                        new Schedule(100, 100, 100, OptionalInt.of(1_000_000)),
                        new GradientDescent(0.1),
                        iteration -> {})
                .train(objective(topology, new XorTruthTable(copies)), Trainer.Start.of(initial), 4 * copies)
                .cost();
    }

    @Test
    void refusesLearningRatesThatAreNotPositive() {
        for (double rate : new double[] {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new GradientDescent(rate)).hasMessageContaining("must be > 0 and finite");
        }
    }
}
