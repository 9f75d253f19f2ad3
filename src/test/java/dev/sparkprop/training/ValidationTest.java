package dev.sparkprop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Part;
import dev.sparkprop.data.PartOfExamples;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.generated.NoisyXor;
import dev.sparkprop.evaluation.LocalGradientSource;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.optimizer.Descent;
import dev.sparkprop.optimizer.Objective;
import dev.sparkprop.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("optimized")
class ValidationTest {
    private static final Topology NET = RandomNets.of(Activation.TANH, Output.SIGMOID, 2, 8, 1);
    private static final ExampleSource ALL = new NoisyXor(900, 0.4, 0.2, 5);
    private static final Part TRAINING = new Part(900, 0.25, 5, false);

    private static LocalGradientSource source(ExampleSource examples) {
        return new LocalGradientSource(
                examples, new Sharding(examples.examples(), 256), NET, KernelSelection.AUTO.kernels());
    }

    private static final Validation HELD_OUT = validation(1);

    private static Validation validation(int every) {
        return new Validation(source(new PartOfExamples(ALL, TRAINING.other())), every);
    }

    private static Objective objective() {
        return new MeanObjective(source(new PartOfExamples(ALL, TRAINING)), NET);
    }

    private static Trainer trainer(
            int iterations, OptionalInt patience, double minDelta, Validation validation, TrainingListener listener) {
        StopRules stop =
                new StopRules(OptionalDouble.empty(), OptionalDouble.empty(), patience, minDelta, Optional.empty());
        return new Trainer(
                new Schedule(iterations, 1, 1, OptionalInt.of(1), stop),
                Descent.plain(2),
                Optional.of(validation),
                listener,
                new Ledger());
    }

    private static TrainingListener recording(List<Iteration> iterations, Map<Integer, Trainer.Start> starts) {
        return new TrainingListener() {
            @Override
            public void logged(Iteration iteration) {
                iterations.add(iteration);
            }

            @Override
            public void checkpoint(Iteration iteration) {
                Optimizer.Start descent = new Optimizer.Start(
                        iteration.number(), iteration.parameters().clone(), Map.copyOf(iteration.memory()));
                starts.put(
                        iteration.number(), new Trainer.Start(descent, iteration.evaluations(), 0, iteration.best()));
            }
        };
    }

    @Test
    void scoreMatchesAnEvaluationOfTheSameExamples() {
        double[] parameters = RandomNets.parameters(NET, 3);
        CostAndGradient evaluation = new MeanObjective(source(ALL), NET).evaluate(parameters, 0);
        Score score = new Validation(source(ALL), 1).score(parameters);
        assertThat(score).isEqualTo(new Score(evaluation.cost(), evaluation.accuracy()));
    }

    @Test
    void resultHasTheParametersOfTheLowestValidationCost() {
        List<Iteration> iterations = new ArrayList<>();
        Trainer.Start start = Trainer.Start.of(RandomNets.parameters(NET, 3));
        TrainingResult result = trainer(400, OptionalInt.empty(), 0, HELD_OUT, recording(iterations, new HashMap<>()))
                .train(objective(), start, n -> n);
        assertThat(result.reason()).isEqualTo(StopReason.ITERATIONS);
        double lowest = iterations.stream()
                .mapToDouble(iteration -> iteration.validation().orElseThrow().cost())
                .min()
                .orElseThrow();
        assertThat(result.best().cost()).isEqualTo(lowest);
        assertThat(result.best().iteration()).isBetween(1, 399);
        assertThat(HELD_OUT.score(result.parameters()).cost()).isEqualTo(lowest);
        assertThat(result.cost())
                .isLessThan(iterations.get(result.best().iteration()).cost());
    }

    @Test
    void patienceCountsFromTheBestIterationAcrossAResume() {
        Map<Integer, Trainer.Start> starts = new HashMap<>();
        Trainer.Start start = Trainer.Start.of(RandomNets.parameters(NET, 3));
        TrainingResult undisturbed = trainer(
                        10_000, OptionalInt.of(30), 1e-4, HELD_OUT, recording(new ArrayList<>(), starts))
                .train(objective(), start, n -> n);
        assertThat(undisturbed.reason()).isEqualTo(StopReason.PATIENCE);
        assertThat(undisturbed.reason().complete()).isTrue();
        int best = undisturbed.best().iteration();
        assertThat(undisturbed.iterations()).isEqualTo(best + 30);
        for (int n : new int[] {1, best - 1, best, best + 1, best + 29, best + 30}) {
            TrainingResult resumed = trainer(
                            10_000, OptionalInt.of(30), 1e-4, HELD_OUT, recording(new ArrayList<>(), new HashMap<>()))
                    .train(objective(), starts.get(n), i -> i);
            assertThat(resumed.iterations()).as("from %d", n).isEqualTo(best + 30);
            assertThat(resumed.parameters()).as("from %d", n).containsExactly(undisturbed.parameters());
            assertThat(resumed.best().cost()).isEqualTo(undisturbed.best().cost());
        }
    }

    @Test
    void onlyValidatedIterationsAffectBestAndPatience() {
        List<Iteration> iterations = new ArrayList<>();
        Trainer.Start start = Trainer.Start.of(RandomNets.parameters(NET, 3));
        TrainingResult result = trainer(
                        10_000, OptionalInt.of(5), 0, validation(50), recording(iterations, new HashMap<>()))
                .train(objective(), start, n -> n);
        assertThat(result.reason()).isEqualTo(StopReason.PATIENCE);
        assertThat(result.iterations())
                .isEqualTo(result.best().iteration() + 50)
                .isGreaterThan(50);
        assertThat(iterations)
                .allMatch(iteration -> iteration.validation().isPresent() == (iteration.number() % 50 == 0));
        assertThat(validation(1).score(result.parameters()).cost())
                .isCloseTo(result.best().cost(), within(0.0));
    }

    @Test
    void patienceUsesTheTrainingCostWithoutValidation() {
        // each update multiplies the cost by 0.5625: 1, 0.5625, 0.316, … until it lowers the cost by less than
        // min-delta
        Objective bowl = (p, n) -> new CostAndGradient(p[0] * p[0], new double[] {p[0] * 0.25}, 0);
        StopRules stop = new StopRules(
                OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.of(3), 0.01, Optional.empty());
        TrainingResult result = new Trainer(
                        new Schedule(1_000, 1, 1, OptionalInt.empty(), stop), Descent.plain(1), iteration -> {})
                .train(bowl, Trainer.Start.of(new double[] {1}), n -> n);
        assertThat(result.reason()).isEqualTo(StopReason.PATIENCE);
        assertThat(result.iterations()).isEqualTo(result.best().iteration() + 3);
        assertThat(result.parameters()[0] * result.parameters()[0])
                .isEqualTo(result.best().cost());
        assertThat(result.cost()).isLessThan(result.best().cost());
    }

    @Test
    void rejectsIntervalZero() {
        assertThatThrownBy(() -> validation(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid validate-every: 0 (must be at least 1)");
    }
}
