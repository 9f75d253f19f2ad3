package dev.sparkprop.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class BreezeLbfgsTest {
    private static final BreezeLbfgs LBFGS = new BreezeLbfgs(5);

    /** (1 − x)² + 100·(y − x²)², a curved valley whose only minimum is at (1, 1) (Rosenbrock 1960). */
    private static CostAndGradient valley(double[] p, int iteration) {
        double across = p[1] - p[0] * p[0];
        double along = 1 - p[0];
        double[] gradient = {-2 * along - 400 * p[0] * across, 200 * across};
        return new CostAndGradient(along * along + 100 * across * across, gradient, 0);
    }

    /** Σ (i + 1)·(p_i − i)²/2, whose minimum is 0 at p_i = i. */
    private static CostAndGradient bowl(double[] p, int iteration) {
        double cost = 0;
        double[] gradient = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            gradient[i] = (i + 1) * (p[i] - i);
            cost += gradient[i] * (p[i] - i) / 2;
        }
        return new CostAndGradient(cost, gradient, 0);
    }

    /** The valley with its cost rounded to float32. */
    private static CostAndGradient rounded(double[] p, int iteration) {
        CostAndGradient exact = valley(p, iteration);
        return new CostAndGradient((float) (1 + exact.cost()), exact.gradient(), 0);
    }

    private static Optimizer.Start at(double... parameters) {
        return new Optimizer.Start(0, parameters, Map.of());
    }

    /**
     * Returns the states as a checkpoint would store them: all states until the descent ends, or the given maximum
     * number.
     */
    private static List<Optimizer.Start> saved(Objective objective, Optimizer.Start start, int maxStates) {
        Iterator<Optimizer.State> states = LBFGS.states(objective, start);
        List<Optimizer.Start> saved = new ArrayList<>();
        while (saved.size() < maxStates && states.hasNext()) {
            Optimizer.State state = states.next();
            Map<String, double[]> memory = new HashMap<>();
            state.memory().forEach((name, values) -> memory.put(name, values.clone()));
            saved.add(new Optimizer.Start(
                    start.iteration() + saved.size(), state.parameters().clone(), memory));
        }
        return saved;
    }

    private static double[] last(List<Optimizer.Start> saved) {
        return saved.get(saved.size() - 1).parameters();
    }

    @Test
    void findsTheMinimumOfAQuadraticInFewSteps() {
        double[] minimum = {0, 1, 2, 3, 4, 5, 6, 7};
        List<Optimizer.Start> steps = saved(BreezeLbfgsTest::bowl, at(new double[8]), 21);
        assertThat(last(steps)).containsExactly(minimum, within(1e-6));
    }

    @Test
    void eachStepLowersTheCost() {
        Iterator<Optimizer.State> states = LBFGS.states(BreezeLbfgsTest::valley, at(-1.2, 1));
        double cost = Double.POSITIVE_INFINITY;
        while (states.hasNext()) {
            Optimizer.State state = states.next();
            assertThat(state.evaluation().cost()).isLessThan(cost);
            assertThat(state.evaluation().cost())
                    .isEqualTo(valley(state.parameters(), 0).cost());
            cost = state.evaluation().cost();
        }
        assertThat(cost).isLessThan(1e-12);
    }

    @Test
    void endsWhereRoundingHidesFurtherProgress() {
        List<Optimizer.Start> steps = saved(BreezeLbfgsTest::rounded, at(-1.2, 1), 1_000);
        assertThat(steps).hasSizeBetween(10, 100);
        // (1 − x)² ends within half the spacing of floats above 1, and the slope of the valley floor is small there
        assertThat(last(steps)).containsExactly(new double[] {1, 1}, within(1e-2));
    }

    @Test
    void endsAtOnceIfTheGradientIsZero() {
        int[] evaluations = new int[1];
        Objective counted = (p, n) -> {
            evaluations[0]++;
            return valley(p, n);
        };
        Iterator<Optimizer.State> states = LBFGS.states(counted, at(1, 1));
        assertThat(evaluations[0]).isZero();
        states.next();
        assertThat(states.hasNext()).isFalse();
        assertThat(states.hasNext()).isFalse();
        assertThat(evaluations[0]).isEqualTo(1);
        assertThatThrownBy(states::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void recoversFromStepsToNonFiniteCosts() {
        // the minimum of −ln p + p is at 1, and the cost is not finite for p ≤ 0
        Objective barrier = (p, n) -> new CostAndGradient(-Math.log(p[0]) + p[0], new double[] {-1 / p[0] + 1}, 0);
        assertThat(last(saved(barrier, at(1e-3), 100))).containsExactly(new double[] {1}, within(1e-6));
    }

    @Test
    void resumeFromAnyStateGivesTheSameBits() {
        for (Objective objective : List.<Objective>of(BreezeLbfgsTest::valley, BreezeLbfgsTest::rounded)) {
            List<Optimizer.Start> undisturbed = saved(objective, at(-1.2, 1), 1_000);
            assertThat(undisturbed).hasSizeGreaterThan(20);
            for (Optimizer.Start start : undisturbed) {
                List<Optimizer.Start> resumed = saved(objective, start, 1_000);
                assertThat(resumed).hasSize(undisturbed.size() - start.iteration());
                for (Optimizer.Start state : resumed) {
                    Optimizer.Start expected = undisturbed.get(state.iteration());
                    assertThat(state.parameters()).containsExactly(expected.parameters());
                    assertThat(state.memory())
                            .containsOnlyKeys(expected.memory().keySet());
                    state.memory()
                            .forEach((name, values) -> assertThat(values)
                                    .containsExactly(expected.memory().get(name)));
                }
            }
        }
    }

    @Test
    void keepsUpdatesUpToItsHistory() {
        List<Optimizer.Start> steps = saved(BreezeLbfgsTest::valley, at(-1.2, 1), 20);
        assertThat(steps.get(0).memory()).isEmpty();
        assertThat(steps.get(1).memory()).containsOnlyKeys("step-1", "gradient-difference-1");
        assertThat(steps.get(19).memory()).hasSize(10).containsKeys("step-5", "gradient-difference-5");
        double[] step = steps.get(19).memory().get("step-1");
        assertThat(step).containsExactly(minus(steps.get(19), steps.get(18)));
        assertThat(steps.get(19).memory().get("step-2")).containsExactly(minus(steps.get(18), steps.get(17)));
    }

    private static double[] minus(Optimizer.Start one, Optimizer.Start other) {
        double[] difference = new double[one.parameters().length];
        Arrays.setAll(difference, i -> one.parameters()[i] - other.parameters()[i]);
        return difference;
    }

    /** The cost at the first and last point of a line search is already known. */
    @Test
    void evaluatesNoPointTwiceInARow() {
        List<double[]> evaluated = new ArrayList<>();
        Objective recorded = (p, n) -> {
            evaluated.add(p.clone());
            return valley(p, n);
        };
        int states = saved(recorded, at(-1.2, 1), 20).size();
        assertThat(evaluated).hasSizeBetween(states, 2 * states);
        for (int i = 1; i < evaluated.size(); i++) {
            assertThat(evaluated.get(i)).isNotEqualTo(evaluated.get(i - 1));
        }
    }

    @Test
    void rejectsInvalidMemoryAndHistoryZero() {
        Optimizer.Start adamState = new Optimizer.Start(3, new double[2], Map.of("first-moment", new double[2]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LBFGS.states(BreezeLbfgsTest::valley, adamState))
                .withMessage("Invalid optimizer state: no step-1 with 2 numbers for l-bfgs with history 5");
        Map<String, double[]> tooShort = Map.of("step-1", new double[2], "gradient-difference-1", new double[1]);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> LBFGS.states(BreezeLbfgsTest::valley, new Optimizer.Start(3, new double[2], tooShort)))
                .withMessageContaining("no gradient-difference-1 with 2 numbers");
        Map<String, double[]> tooLong = new HashMap<>();
        for (int i = 1; i <= 6; i++) {
            tooLong.put("step-" + i, new double[2]);
            tooLong.put("gradient-difference-" + i, new double[2]);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LBFGS.states(BreezeLbfgsTest::valley, new Optimizer.Start(9, new double[2], tooLong)))
                .withMessage("Invalid optimizer state: 6 updates for l-bfgs with history 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BreezeLbfgs(0))
                .withMessage("Invalid history: 0 (must be at least 1)");
    }
}
