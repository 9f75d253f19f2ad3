package dev.sparkprop.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.optimizer.LearningRate.Curve;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DescentTest {
    @Test
    void learningRatesFollowTheirCurves() {
        assertThat(LearningRate.constant(0.5).at(1_000_000)).isEqualTo(0.5);
        LearningRate step = new LearningRate(8, Curve.STEP, 10, 0.5, 0);
        assertThat(new double[] {step.at(1), step.at(10), step.at(11), step.at(20), step.at(21)})
                .containsExactly(8, 8, 4, 4, 2);
        LearningRate exponential = new LearningRate(8, Curve.EXPONENTIAL, 10, 0.25, 0);
        assertThat(new double[] {exponential.at(1), exponential.at(6), exponential.at(11)})
                .containsExactly(new double[] {8, 4, 2}, within(1e-12));
        LearningRate cosine = new LearningRate(8, Curve.COSINE, 10, 0.25, 0);
        assertThat(new double[] {cosine.at(1), cosine.at(6), cosine.at(11), cosine.at(99)})
                .containsExactly(new double[] {8, 5, 2, 2}, within(1e-12));
    }

    @Test
    void warmUpRisesToTheFullRateBeforeTheCurveBegins() {
        LearningRate rate = new LearningRate(8, Curve.STEP, 2, 0.5, 4);
        assertThat(new double[] {rate.at(1), rate.at(2), rate.at(4), rate.at(5), rate.at(6), rate.at(7)})
                .containsExactly(2, 4, 8, 8, 8, 4);
    }

    @Test
    void clippingKeepsTheDirectionOfAGradient() {
        Objective slope = (p, n) -> new CostAndGradient(p[0], new double[] {3, -4}, 0);
        Descent clipped = new Descent(new GradientDescent(), LearningRate.constant(1), OptionalDouble.of(2.5));
        Iterator<Optimizer.State> states = clipped.states(slope, new Optimizer.Start(0, new double[2], Map.of()));
        assertThat(states.next().evaluation().gradientNorm()).isEqualTo(5);
        assertThat(states.next().parameters()).containsExactly(-1.5, 2);
    }

    @Test
    void rejectsTheMemoryOfAnotherOptimizer() {
        Objective flat = (p, n) -> new CostAndGradient(0, new double[1], 0);
        Optimizer.Start start = new Optimizer.Start(3, new double[1], Map.of("velocity", new double[1]));
        Descent adam = new Descent(new Adam(0.9, 0.999, 1e-8), LearningRate.constant(1), OptionalDouble.empty());
        assertThatThrownBy(() -> adam.states(flat, start)).hasMessageContaining("no first-moment with 1 numbers");
    }

    @Test
    void rejectsSettingsOutOfRange() {
        assertThatThrownBy(() -> new Momentum(1)).hasMessage("Invalid momentum: 1.0 (must be at least 0 and below 1)");
        assertThatThrownBy(() -> new Adam(0.9, Double.NaN, 1e-8)).hasMessageContaining("Invalid beta2");
        assertThatThrownBy(() -> new Adam(0.9, 0.9, 0)).hasMessageContaining("Invalid epsilon");
        assertThatThrownBy(() -> new LearningRate(1, Curve.STEP, 0, 0.5, 0)).hasMessageContaining("every 0");
    }
}
