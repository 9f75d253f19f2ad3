package dev.sparkprop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.generated.XorTruthTable;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.evaluation.LocalGradientSource;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.Dense;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.GoldenTrajectory;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.BreezeLbfgs;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.optimizer.Descent;
import dev.sparkprop.optimizer.LearningRate;
import dev.sparkprop.optimizer.Objective;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.optimizer.UpdateRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("optimized")
class TrainerTest {
    private static Objective objective(Topology topology, ExampleSource source) {
        return new MeanObjective(
                new LocalGradientSource(source, Sharding.of(source), topology, KernelSelection.AUTO.kernels()),
                topology);
    }

    @ParameterizedTest
    @MethodSource("dev.sparkprop.network.GoldenTrajectory#names")
    void tileKernelsFollowTheGoldenTrajectory(String name) {
        GoldenTrajectory golden = GoldenTrajectory.read(name);
        Topology topology = golden.topology();
        Sharding sharding = Sharding.of(golden.rows());
        Kernels kernels = KernelSelection.AUTO.kernels();
        Objective objective = new MeanObjective(
                new LocalGradientSource(golden.rows(), sharding, topology, kernels),
                topology,
                new Penalty(golden.l2(), 0),
                Batches.all(golden.rows().examples()));
        double[] first = objective.evaluate(golden.initial(), 0).gradient();
        assertThat(RandomNets.relativeDistance(first, golden.firstGradient())).isLessThan(1e-6);
        assertFollows(golden, objective, 5e-5);
    }

    @ParameterizedTest
    @MethodSource("dev.sparkprop.network.GoldenTrajectory#names")
    void referenceFollowsTheGoldenTrajectory(String name) {
        GoldenTrajectory golden = GoldenTrajectory.read(name);
        Penalty penalty = new Penalty(golden.l2(), 0);
        List<Dense> layers = new ParameterLayout(golden.topology()).dense();
        assertFollows(
                golden,
                (parameters, n) -> {
                    double[] gradient = RandomNets.gradient(golden.topology(), parameters, golden.rows());
                    double cost = RandomNets.cost(golden.topology(), parameters, golden.rows());
                    return new CostAndGradient(cost + penalty.addTo(gradient, parameters, layers), gradient, 0);
                },
                1e-9);
    }

    private static void assertFollows(GoldenTrajectory golden, Objective objective, double tolerance) {
        List<Double> costs = new ArrayList<>();
        int iterations = golden.costs().length - 1;
        TrainingResult result = new Trainer(
                        new Schedule(iterations, 1, 1, OptionalInt.of(1_000_000)),
                        golden.optimizer(),
                        iteration -> costs.add(iteration.cost()))
                .train(objective, Trainer.Start.of(golden.initial()), n -> 4 * n);
        assertThat(costs).hasSameSizeAs(golden.costs());
        for (int n = 0; n <= iterations; n++) {
            assertThat(costs.get(n))
                    .as("cost after %d updates", n)
                    .isCloseTo(golden.costs()[n], within(tolerance * golden.costs()[n]));
        }
        assertThat(RandomNets.relativeDistance(result.parameters(), golden.last()))
                .isLessThan(tolerance);
    }

    /** A training that is resumed at any iteration must be bit-identical to an uninterrupted one. */
    @ParameterizedTest
    @MethodSource("dev.sparkprop.network.GoldenTrajectory#names")
    void resumesWithTheSameBits(String name) {
        GoldenTrajectory golden = GoldenTrajectory.read(name);
        Objective objective = objective(golden.topology(), golden.rows());
        LearningRate rate = new LearningRate(0.3, LearningRate.Curve.COSINE, 15, 0.1, 4);
        UpdateRule rule = ((Descent) golden.optimizer()).rule();
        Optimizer optimizer = new Descent(rule, rate, OptionalDouble.of(0.05));
        double[] undisturbed = train(optimizer, objective, Trainer.Start.of(golden.initial()), 20, iteration -> {})
                .parameters();
        for (int stop = 1; stop < 20; stop++) {
            List<Optimizer.Start> stopped = new ArrayList<>();
            train(optimizer, objective, Trainer.Start.of(golden.initial()), stop, iteration -> {
                Map<String, double[]> memory = new HashMap<>();
                iteration.memory().forEach((key, values) -> memory.put(key, values.clone()));
                stopped.add(new Optimizer.Start(
                        iteration.number(), iteration.parameters().clone(), memory));
            });
            Trainer.Start start = new Trainer.Start(stopped.get(stop), 0, 0, Best.NONE);
            assertThat(train(optimizer, objective, start, 20, iteration -> {}).parameters())
                    .as("stopped after %d", stop)
                    .containsExactly(undisturbed);
        }
    }

    private static TrainingResult train(
            Optimizer optimizer, Objective objective, Trainer.Start start, int iterations, TrainingListener listener) {
        return new Trainer(new Schedule(iterations, 1, 1, OptionalInt.of(1_000_000)), optimizer, listener)
                .train(objective, start, n -> n);
    }

    /** A row of weight 2 is equivalent to two rows, and a row of weight 0 to none. */
    @Test
    void weightsCountAsRepetitions() {
        for (Output output : Output.values()) {
            Topology topology = RandomNets.of(Activation.TANH, output, 3, 5, 2);
            RandomNets.Rows rows = RandomNets.Rows.random(topology, 30, 1);
            double[] weights = new double[30];
            List<Integer> repeated = new ArrayList<>();
            for (int e = 0; e < 30; e++) {
                weights[e] = e % 3;
                repeated.addAll(Collections.nCopies(e % 3, e));
            }
            RandomNets.Rows weighted = new RandomNets.Rows(rows.x(), rows.t(), weights);
            RandomNets.Rows plain = new RandomNets.Rows(
                    repeated.stream().map(e -> rows.x()[e]).toArray(double[][]::new),
                    repeated.stream().map(e -> rows.t()[e]).toArray(double[][]::new));
            double[] parameters = RandomNets.parameters(topology, 2);
            CostAndGradient expected = objective(topology, plain).evaluate(parameters, 0);
            CostAndGradient actual = objective(topology, weighted).evaluate(parameters, 0);
            assertThat(actual.cost()).isCloseTo(expected.cost(), within(1e-6));
            assertThat(RandomNets.relativeDistance(actual.gradient(), expected.gradient()))
                    .isLessThan(1e-6);
            assertThat(Double.valueOf(actual.accuracy())).isEqualTo(Double.valueOf(expected.accuracy()));
        }
    }

    @Test
    void penaltyAppliesToWeightsButNotBiases() {
        double[] gradient = new double[3];
        List<Dense> layers = new ParameterLayout(RandomNets.sigmoid(2, 1)).dense();
        double penalty = new Penalty(0.5, 0.25).addTo(gradient, new double[] {2, -4, 100}, layers);
        assertThat(penalty).isEqualTo(0.25 * (4 + 16) + 0.25 * 6);
        assertThat(gradient).containsExactly(1 + 0.25, -2 - 0.25, 0);
    }

    @Test
    void logsStartEndAndScheduledIterations() {
        List<Integer> logged = new ArrayList<>();
        Objective flat = (parameters, n) -> new CostAndGradient(1, new double[1], 0);
        new Trainer(
                        new Schedule(25, 10, 1, OptionalInt.of(1_000_000)),
                        Descent.plain(1),
                        iteration -> logged.add(iteration.number()))
                .train(flat, Trainer.Start.of(new double[1]), n -> n);
        assertThat(logged).containsExactly(0, 1, 11, 21, 25);
        logged.clear();
        new Trainer(
                        new Schedule(25, 10, 10, OptionalInt.of(1_000_000)),
                        Descent.plain(1),
                        iteration -> logged.add(iteration.number()))
                .train(flat, Trainer.Start.of(new double[1]), n -> n);
        assertThat(logged).containsExactly(0, 10, 20, 25);
    }

    @Test
    void reportsTheReasonForStopping() {
        // p ← p − 0.25·2p = p/2, so after n updates the cost p² is 1/4ⁿ and the gradient 2p is 2/2ⁿ
        Objective bowl = (p, n) -> new CostAndGradient(p[0] * p[0], new double[] {2 * p[0]}, 0);
        StopRules cost = rules(OptionalDouble.of(1.0 / 64), OptionalDouble.empty(), Optional.empty());
        assertThat(stopIterationAndReason(bowl, cost)).isEqualTo(Map.entry(3, StopReason.TARGET_COST));
        StopRules gradient = rules(OptionalDouble.empty(), OptionalDouble.of(0.5), Optional.empty());
        assertThat(stopIterationAndReason(bowl, gradient)).isEqualTo(Map.entry(2, StopReason.GRADIENT_NORM));
        StopRules time = rules(OptionalDouble.empty(), OptionalDouble.empty(), Optional.of(Duration.ofNanos(1)));
        assertThat(stopIterationAndReason(bowl, time)).isEqualTo(Map.entry(0, StopReason.MAX_TIME));
        assertThat(stopIterationAndReason(bowl, StopRules.NONE)).isEqualTo(Map.entry(10, StopReason.ITERATIONS));
    }

    private static StopRules rules(OptionalDouble cost, OptionalDouble gradient, Optional<Duration> time) {
        return new StopRules(cost, gradient, OptionalInt.empty(), 0, time);
    }

    private static Map.Entry<Integer, StopReason> stopIterationAndReason(Objective objective, StopRules rules) {
        List<Integer> saved = new ArrayList<>();
        TrainingResult result = new Trainer(
                        new Schedule(10, 1, 1, OptionalInt.of(1_000_000), rules),
                        Descent.plain(0.25),
                        new TrainingListener() {
                            @Override
                            public void logged(Iteration iteration) {}

                            @Override
                            public void checkpoint(Iteration iteration) {
                                saved.add(iteration.number());
                            }
                        })
                .train(objective, Trainer.Start.of(new double[] {1}), n -> n);
        assertThat(saved).endsWith(result.iterations());
        return Map.entry(result.iterations(), result.reason());
    }

    @Test
    void stopsIfNoStepLowersTheCostAndCountsAllEvaluations() {
        int[] evaluations = new int[1];
        Objective quartic = (p, n) -> {
            evaluations[0]++;
            return new CostAndGradient(Math.pow(p[0], 4), new double[] {4 * Math.pow(p[0], 3)}, 0);
        };
        List<Iteration> logged = new ArrayList<>();
        List<Integer> saved = new ArrayList<>();
        TrainingResult result = new Trainer(
                        new Schedule(100, 100, 100, OptionalInt.of(1_000_000)),
                        new BreezeLbfgs(3),
                        new TrainingListener() {
                            @Override
                            public void logged(Iteration iteration) {
                                logged.add(iteration);
                            }

                            @Override
                            public void checkpoint(Iteration iteration) {
                                saved.add(iteration.number());
                            }
                        })
                .train(quartic, Trainer.Start.of(new double[] {3}), n -> 7 * n);
        assertThat(result.reason()).isEqualTo(StopReason.CONVERGED);
        assertThat(result.reason().complete()).isTrue();
        assertThat(result.cost()).isLessThan(1e-9);
        assertThat(result.evaluations()).isEqualTo(evaluations[0]).isGreaterThan(result.iterations() + 1);
        assertThat(logged).extracting(Iteration::number).containsExactly(0, result.iterations());
        assertThat(saved).containsExactly(0, result.iterations());
        Iteration end = logged.get(1);
        assertThat(end.examplesPerSecond()
                        * (end.elapsedSeconds() - logged.get(0).elapsedSeconds()))
                .isCloseTo(7 * (evaluations[0] - 1), within(1e-6));
    }

    @Test
    void keepsTheLowestCostAcrossAResume() {
        // not the gradient of the cost: with 4p, p is 1, −2, 4, −8 in turn, and the cost (p − 4)² is 9, 36, 0, 144
        Objective valley = (p, n) -> new CostAndGradient((p[0] - 4) * (p[0] - 4), new double[] {4 * p[0]}, 0);
        Trainer trainer =
                new Trainer(new Schedule(3, 1, 1, OptionalInt.of(1_000_000)), Descent.plain(0.75), iteration -> {});
        assertThat(trainer.train(valley, Trainer.Start.of(new double[] {1}), n -> n)
                        .best())
                .isEqualTo(new Best(2, 0));
        Trainer.Start later =
                new Trainer.Start(new Optimizer.Start(3, new double[] {-8}, Map.of()), 0, 0, new Best(2, 0));
        assertThat(trainer.train(valley, later, n -> n).best()).isEqualTo(new Best(2, 0));
    }

    @Test
    void stopsAtTheFirstNonFiniteCost() {
        // p ← p − 3·2p = −5p, so the cost p² overflows after about 220 updates
        Objective bowl = (p, n) -> new CostAndGradient(p[0] * p[0], new double[] {2 * p[0]}, 0);
        Trainer trainer =
                new Trainer(new Schedule(1000, 1, 1, OptionalInt.of(1_000_000)), Descent.plain(3), iteration -> {});
        assertThatThrownBy(() -> trainer.train(bowl, Trainer.Start.of(new double[] {1}), n -> n))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("Diverged at iteration 221")
                .hasMessageContaining("gradient-descent with learning-rate 3.0");
    }

    /**
     * The mean cost of up to four million examples agrees with that of four to well below 1e-6, because sums over
     * several tiles are float64.
     */
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
        return new Trainer(new Schedule(100, 100, 100, OptionalInt.of(1_000_000)), Descent.plain(0.1), iteration -> {})
                .train(objective(topology, new XorTruthTable(copies)), Trainer.Start.of(initial), n -> 4 * n * copies)
                .cost();
    }

    @Test
    void rejectsLearningRatesThatAreNotPositiveAndFinite() {
        for (double rate : new double[] {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Descent.plain(rate)).hasMessageContaining("must be > 0 and finite");
        }
    }

    @Test
    void loggedIterationsHaveAnUpdateRatio() {
        List<String> ratios = new ArrayList<>();
        // the cost is x²/2, so the gradient is x and an update with rate 0.25 changes x to 0.75·x
        Objective half = (parameters, iteration) ->
                new CostAndGradient(parameters[0] * parameters[0] / 2, parameters.clone(), Double.NaN);
        Schedule schedule = new Schedule(7, 3, 2, OptionalInt.empty());
        Trainer trainer = new Trainer(
                schedule,
                Descent.plain(0.25),
                iteration -> ratios.add(iteration.number() + " " + iteration.updateRatio()));
        trainer.train(half, Trainer.Start.of(new double[] {4}), evaluations -> evaluations);
        assertThat(ratios).containsExactly("0 NaN", "2 0.25", "5 0.25", "7 0.25");
        ratios.clear();
        // the ratio is undefined if the parameters are 0
        trainer.train(half, Trainer.Start.of(new double[] {0}), evaluations -> evaluations);
        assertThat(ratios).containsExactly("0 NaN", "2 NaN", "5 NaN", "7 NaN");
    }
}
