package dev.sparkprop.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Adam;
import dev.sparkprop.optimizer.BreezeLbfgs;
import dev.sparkprop.optimizer.Descent;
import dev.sparkprop.optimizer.LearningRate;
import dev.sparkprop.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final Topology LOGISTIC = RandomNets.sigmoid(2, 1);
    private static final Topology HIDDEN = RandomNets.sigmoid(2, 2, 1);
    private static final double LN_2 = 0.693147;

    private static Diagnosis fullBatch(Topology topology) {
        return Diagnosis.ofFullBatch(setup(topology, Descent.plain(0.1)));
    }

    private static Setup setup(Topology topology, Optimizer optimizer) {
        return new Setup(topology, optimizer, WeightInitializer.NORMAL, Setup.Standardizing.OFF);
    }

    /** Returns a line of a normal training: the parameters have norm 3, and the update has a normal length. */
    private static Line line(int iteration, double cost, double accuracy, double gradientNorm) {
        return new Line(iteration, cost, accuracy, gradientNorm, 3, 1e-3);
    }

    /** Returns the symptoms reported while lines of iterations 0, 100, 200, … are logged. */
    private static List<Symptom> logLines(Diagnosis diagnosis, int count, IntFunction<Line> lines) {
        List<Symptom> reported = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            diagnosis.logged(lines.apply(100 * i)).ifPresent(reported::add);
        }
        return reported;
    }

    private static List<String> rules(Diagnosis diagnosis) {
        return diagnosis.symptoms().stream().map(Symptom::rule).toList();
    }

    @Test
    void advisesAHiddenLayerIfLogisticRegressionGuesses() {
        Diagnosis diagnosis = fullBatch(LOGISTIC);
        List<Symptom> reported = logLines(diagnosis, 20, n -> line(n, LN_2, n % 200 == 0 ? 0.5 : 0.25, 1e-6));
        assertThat(reported).hasSize(1);
        assertThat(reported.get(0).iteration()).isEqualTo(900);
        assertThat(diagnosis.symptoms()).containsExactlyElementsOf(reported);
        assertThat(reported.get(0).text()).contains("ln 2", "straight line", "Add a hidden layer", "[2, 2, 1]");
    }

    @Test
    void doesNotAdviseAHiddenLayerIfThereIsOneOrAGradient() {
        for (Diagnosis diagnosis : List.of(fullBatch(HIDDEN), fullBatch(LOGISTIC))) {
            logLines(diagnosis, 10, n -> line(n, LN_2, 0.5, 0.1));
            assertThat(diagnosis.symptoms().get(0).rule()).isEqualTo("guessing");
            assertThat(diagnosis.symptoms().get(0).text())
                    .contains("network.initial.scale")
                    .doesNotContain("hidden layer");
        }
    }

    @Test
    void higherAccuracyOtherCostOrSeveralOutputsIsNotGuessing() {
        assertThat(logLines(fullBatch(HIDDEN), 20, n -> line(n, LN_2, 0.75, 1e-6)))
                .isEmpty();
        assertThat(logLines(fullBatch(HIDDEN), 20, n -> line(n, LN_2 - 2e-3, 0.5, 1e-6)))
                .isEmpty();
        assertThat(logLines(fullBatch(RandomNets.sigmoid(2, 2, 2)), 20, n -> line(n, LN_2, 0.5, 1e-6)))
                .isEmpty();
        assertThat(logLines(fullBatch(HIDDEN), 9, n -> line(n, LN_2, 0.5, 1e-6)))
                .isEmpty();
    }

    @Test
    void passingSymptomIsReportedOnceAndNotAtTheEnd() {
        Diagnosis diagnosis = fullBatch(HIDDEN);
        List<Symptom> reported =
                logLines(diagnosis, 60, n -> line(n, n / 1000 % 2 == 0 && n < 4000 ? LN_2 : 0.5, 0.5, 1e-6));
        assertThat(reported).extracting(Symptom::rule).containsExactly("guessing");
        assertThat(diagnosis.symptoms()).isEmpty();
    }

    @Test
    void highCostThatHardlyFallsOnASlopeIsAPlateau() {
        Diagnosis diagnosis = fullBatch(HIDDEN);
        logLines(diagnosis, 10, n -> line(n, 0.6 - n * 1e-6, 0.75, 0.01));
        assertThat(rules(diagnosis)).containsExactly("plateau");
        assertThat(diagnosis.symptoms().get(0).text()).contains("in the last 900 iterations", "a larger optimizer");
    }

    @Test
    void advisesShorterUpdatesIfLongOnesOvershoot() {
        Diagnosis diagnosis = fullBatch(HIDDEN);
        logLines(diagnosis, 10, n -> new Line(n, 0.6, 0.75, 0.01, 3, 0.05));
        assertThat(diagnosis.symptoms().get(0).text())
                .contains("overshoot lower costs", "a tenth of optimizer.learning-rate");
    }

    @Test
    void fallingOrLowCostOrMissingSlopeIsNoPlateau() {
        assertThat(logLines(fullBatch(HIDDEN), 40, n -> line(n, 0.68 - n * 1e-5, 0.75, 0.01)))
                .isEmpty();
        assertThat(logLines(fullBatch(HIDDEN), 40, n -> line(n, 0.1, 1, 0.01))).isEmpty();
        assertThat(logLines(fullBatch(HIDDEN), 40, n -> line(n, 0.6, 0.75, 1e-3)))
                .isEmpty();
        assertThat(logLines(Diagnosis.ofBatches(setup(HIDDEN, Descent.plain(0.1))), 40, n -> line(n, 0.6, 0.75, 0.01)))
                .isEmpty();
    }

    @Test
    void regressionPlateauIsRelativeToTheFirstCost() {
        Topology regression = new Topology(List.of(2, 3, 1), Activation.TANH, Output.LINEAR, Loss.SQUARED_ERROR);
        Diagnosis high = fullBatch(regression);
        logLines(high, 20, n -> line(n, 900, Double.NaN, 30));
        assertThat(rules(high)).containsExactly("plateau");
        assertThat(logLines(fullBatch(regression), 20, n -> line(n, n == 0 ? 2_000 : 900, Double.NaN, 30)))
                .isEmpty();
    }

    @Test
    void reportsLongUpdatesIfTheCostHasRisen() {
        Diagnosis diagnosis = fullBatch(HIDDEN);
        logLines(diagnosis, 12, n -> new Line(n, n == 100 ? 0.3 : 0.5, 0.75, 1, 3, 0.2));
        assertThat(rules(diagnosis)).containsExactly("update-length");
        assertThat(diagnosis.symptoms().get(0).text()).contains("by 0.20 times their norm", "0.5000", "clip-norm");
        assertThat(logLines(fullBatch(HIDDEN), 12, n -> new Line(n, 0.3 - n * 1e-4, 0.75, 1, 3, 0.2)))
                .isEmpty();
        assertThat(logLines(
                        fullBatch(HIDDEN),
                        12,
                        n -> new Line(n, n == 100 ? 0.3 : 0.34, 0.75, 1, 3, n == 900 ? 0.05 : 0.2)))
                .isEmpty();
    }

    @Test
    void reportsShortUpdatesOnASlope() {
        Diagnosis diagnosis = fullBatch(HIDDEN);
        logLines(diagnosis, 12, n -> new Line(n, 0.8, 0.5, 0.3, 3, 1e-8));
        assertThat(rules(diagnosis)).containsExactly("update-length");
        assertThat(diagnosis.symptoms().get(0).text()).contains("1.0e-08", "ten times");
        assertThat(logLines(fullBatch(HIDDEN), 12, n -> new Line(n, 0.8, 0.5, 1e-3, 3, 1e-8)))
                .isEmpty();
        assertThat(logLines(fullBatch(HIDDEN), 12, n -> new Line(n, 0.1, 1, 0.3, 3, 1e-8)))
                .isEmpty();
        assertThat(logLines(fullBatch(HIDDEN), 12, n -> new Line(n, 0.8 - n * 1e-4, 0.5, 0.3, 3, 1e-5)))
                .isEmpty();
    }

    @Test
    void advisesARateFromTheFirstUpdateAfterADivergence() {
        Diagnosis diagnosis = Diagnosis.ofFullBatch(setup(HIDDEN, Descent.plain(50)));
        diagnosis.logged(line(0, 0.8, 0.5, 0.3));
        // 50 · 0.3 / 3: the update was 5 times as long as the parameters; a rate of 50/500 reduces it to a hundredth
        // of them
        assertThat(diagnosis.diverged(7).text())
                .contains("was 5.0 times", "learning-rate = 0.1 ", "0.01 times", "data.standardize");
        assertThat(diagnosis.symptoms())
                .singleElement()
                .extracting(Symptom::iteration)
                .isEqualTo(7);
    }

    @Test
    void advisesATenthOfTheRateIfTheFirstUpdateWasNotTheCause() {
        Descent clipped = new Descent(Descent.plain(50).rule(), LearningRate.constant(50), OptionalDouble.of(1e-3));
        Descent adam = new Descent(new Adam(0.9, 0.999, 1e-8), LearningRate.constant(50), OptionalDouble.empty());
        for (Descent optimizer : List.of(clipped, adam)) {
            Diagnosis diagnosis = Diagnosis.ofFullBatch(setup(HIDDEN, optimizer));
            diagnosis.logged(line(0, 0.8, 0.5, 0.3));
            assertThat(diagnosis.diverged(7).text()).contains("a tenth", "learning-rate = 5.0");
        }
    }

    @Test
    void suggestsWeightsOrDataIfTheRateCannotBeTheCause() {
        Diagnosis atStart = fullBatch(HIDDEN);
        Diagnosis withoutRate = Diagnosis.ofFullBatch(setup(HIDDEN, new BreezeLbfgs(10)));
        withoutRate.logged(line(0, 0.8, 0.5, 0.3));
        for (Diagnosis diagnosis : List.of(atStart, withoutRate)) {
            assertThat(diagnosis.diverged(0).text())
                    .contains("network.initial.scale", "data.standardize")
                    .doesNotContain("learning-rate");
        }
    }

    private static List<Symptom> unitSymptoms(Topology topology, double scale, double cost) {
        double[] parameters = RandomNets.parameters(topology, 3);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] *= scale;
        }
        Diagnosis diagnosis = fullBatch(topology);
        diagnosis.logged(line(0, cost, 0.5, 0.3));
        diagnosis.examples(List.of(), examples(), parameters);
        return diagnosis.symptoms();
    }

    private static List<double[]> examples() {
        return Stream.iterate(0, i -> i + 1)
                .limit(100)
                .map(i -> new double[] {Math.sin(i), Math.cos(3 * i)})
                .toList();
    }

    @Test
    void reportsSaturatedLayersUnlessTheNetworkHasLearned() {
        for (Activation activation : List.of(Activation.SIGMOID, Activation.TANH)) {
            Topology net = new Topology(List.of(2, 6, 1), activation, Output.SIGMOID, Loss.BINARY_CROSS_ENTROPY);
            assertThat(unitSymptoms(net, 1e4, 0.8)).extracting(Symptom::rule).containsExactly("saturated-units");
            assertThat(unitSymptoms(net, 1e4, 0.8).get(0).text()).contains("layer 1", "xavier");
            assertThat(unitSymptoms(net, 1e4, 0.1)).isEmpty();
            assertThat(unitSymptoms(net, 1, 0.8)).isEmpty();
        }
    }

    @Test
    void reportsReluUnitsThatAreAlwaysZeroAsDead() {
        Topology net = new Topology(List.of(2, 4, 1), Activation.RELU, Output.SIGMOID, Loss.BINARY_CROSS_ENTROPY);
        double[] parameters = new double[net.parameterCount()];
        Diagnosis alive = fullBatch(net);
        alive.logged(line(0, 0.8, 0.5, 0.3));
        Arrays.fill(parameters, 8, 12, 5);
        alive.examples(List.of(), examples(), parameters);
        assertThat(alive.symptoms()).isEmpty();
        Diagnosis dead = fullBatch(net);
        dead.logged(line(0, 0.1, 1, 0.3));
        parameters[8] = -5;
        dead.examples(List.of(), examples(), parameters);
        assertThat(dead.symptoms()).extracting(Symptom::rule).containsExactly("dead-units");
        assertThat(dead.symptoms().get(0).text()).startsWith("1 of the 4 relu units of layer 1 ");
    }

    @Test
    void needsNoExamplesWithoutHiddenUnitsOrForLargeNetworks() {
        assertThat(maxExamples(Setup.Standardizing.ON, 2, 1)).isZero();
        assertThat(maxExamples(Setup.Standardizing.ON, 2, 2, 1)).isEqualTo(500);
        assertThat(maxExamples(Setup.Standardizing.NOT_OFFERED, 784, 256, 128, 10))
                .isBetween(30, 50);
        assertThat(maxExamples(Setup.Standardizing.ON, 1_000, 1_000, 1)).isZero();
        assertThat(maxExamples(Setup.Standardizing.ON, 10_000, 2, 1)).isZero();
        // without standardization, features may differ in magnitude, so examples are needed
        assertThat(maxExamples(Setup.Standardizing.OFF, 2, 1)).isEqualTo(500);
        assertThat(maxExamples(Setup.Standardizing.OFF, 1_000, 1_000, 1)).isEqualTo(100);
        assertThat(maxExamples(Setup.Standardizing.OFF, 10_000, 2, 1)).isZero();
    }

    private static int maxExamples(Setup.Standardizing standardizing, Integer... layers) {
        Topology topology = RandomNets.of(Activation.SIGMOID, Output.SIGMOID, layers);
        return Diagnosis.ofFullBatch(new Setup(topology, Descent.plain(0.1), WeightInitializer.NORMAL, standardizing))
                .maxExamples();
    }

    /** With 990 of 1,000 examples in class 0, the entropy is −0.99·ln 0.99 − 0.01·ln 0.01 = 0.0560. */
    @Test
    void comparesTheCostWithTheEntropyOfTheClasses() {
        Topology net = RandomNets.of(Activation.SIGMOID, Output.SOFTMAX, 3, 5, 2);
        List<Double> actual = List.of(990.0, 10.0);
        Diagnosis high = fullBatch(net);
        assertThat(logLines(high, 10, n -> line(n, 0.056 - n * 1e-7, 0.99, 0.001)))
                .isEmpty();
        high.classes("training", List.of("0", "1"), actual, List.of(1000.0, 0.0));
        assertThat(rules(high)).containsExactly("one-prediction", "plateau");
        assertThat(high.symptoms().get(0).text())
                .startsWith(
                        "The network predicts only the most frequent class, 0. This is the class of 99.00 % of the training examples");
        Diagnosis low = fullBatch(net);
        logLines(low, 10, n -> line(n, 0.027 - n * 1e-7, 0.995, 0.001));
        low.classes("training", List.of("0", "1"), actual, List.of(991.0, 9.0));
        assertThat(low.symptoms()).isEmpty();
    }

    @Test
    void doesNotReportAGuessingNetworkAsOnePrediction() {
        Diagnosis diagnosis = fullBatch(LOGISTIC);
        logLines(diagnosis, 10, n -> line(n, LN_2, 0.5, 1e-6));
        diagnosis.classes("training", List.of("0", "1"), List.of(2.0, 2.0), List.of(4.0, 0.0));
        assertThat(rules(diagnosis)).containsExactly("guessing");
    }

    @Test
    void reportsARegressionNoBetterThanTheMean() {
        Topology regression = new Topology(List.of(2, 3, 1), Activation.TANH, Output.LINEAR, Loss.SQUARED_ERROR);
        Diagnosis mean = fullBatch(regression);
        logLines(mean, 10, n -> line(n, 4.0 - n * 1e-7, Double.NaN, 1e-6));
        mean.targets(4.01);
        assertThat(rules(mean)).containsExactly("mean-prediction");
        assertThat(mean.symptoms().get(0).text()).contains("4.010", "data.standardize = true");
        Diagnosis better = fullBatch(regression);
        logLines(better, 10, n -> line(n, 3.9, Double.NaN, 1e-6));
        better.targets(4.01);
        assertThat(better.symptoms()).isEmpty();
    }

    /** Returns examples with incomes of several ten thousand and shares below one. */
    private static List<double[]> examplesOfDifferentMagnitude() {
        return Stream.iterate(0, i -> i + 1)
                .limit(100)
                .map(i -> new double[] {40_000 + 3_000 * Math.sin(i), Math.cos(3 * i) / 2})
                .toList();
    }

    @Test
    void reportsFeatureMagnitudesFirstUnlessStandardized() {
        double[] parameters = RandomNets.parameters(HIDDEN, 3);
        for (Setup.Standardizing standardizing : Setup.Standardizing.values()) {
            Setup setup = new Setup(HIDDEN, Descent.plain(0.1), WeightInitializer.XAVIER, standardizing);
            Diagnosis diagnosis = Diagnosis.ofFullBatch(setup);
            logLines(diagnosis, 10, n -> line(n, 0.6, 0.6, 0.5));
            diagnosis.classes("training", List.of("0", "1"), List.of(6.0, 4.0), List.of(10.0, 0.0));
            diagnosis.examples(List.of("income", "share"), examplesOfDifferentMagnitude(), parameters);
            if (standardizing == Setup.Standardizing.OFF) {
                assertThat(diagnosis.symptoms().get(0).rule()).isEqualTo("feature-sizes");
                assertThat(diagnosis.symptoms().get(0).text())
                        .contains("income (4.0e+04) and share (0.36)", "data.standardize = true");
            } else {
                assertThat(diagnosis.symptoms())
                        .extracting(Symptom::text)
                        .noneMatch(text -> text.contains("standardize"));
                assertThat(rules(diagnosis)).contains("saturated-units", "one-prediction");
            }
            assertThat(diagnosis.symptoms()).extracting(Symptom::text).noneMatch(text -> text.contains("xavier"));
        }
    }

    @Test
    void ignoresFeatureMagnitudesIfTheNetworkHasLearned() {
        Diagnosis diagnosis = fullBatch(HIDDEN);
        logLines(diagnosis, 10, n -> line(n, 0.1, 1, 1e-3));
        diagnosis.examples(List.of(), examplesOfDifferentMagnitude(), RandomNets.parameters(HIDDEN, 3));
        assertThat(diagnosis.symptoms()).isEmpty();
    }

    @Test
    void suggestsNothingThatIsAlreadySet() {
        Descent adam = new Descent(new Adam(0.9, 0.999, 1e-8), LearningRate.constant(0.1), OptionalDouble.of(1));
        Setup all = new Setup(HIDDEN, adam, WeightInitializer.HE, Setup.Standardizing.ON);
        assertThat(Suggestion.text(all, Suggestion.values()))
                .doesNotContain("standardize", "adam", "clip-norm", "scheme = he", "leaky-relu")
                .contains("xavier", "a lower optimizer.learning-rate");
        Setup lbfgs = new Setup(HIDDEN, new BreezeLbfgs(10), WeightInitializer.ZERO, Setup.Standardizing.NOT_OFFERED);
        assertThat(Suggestion.text(lbfgs, Suggestion.values()))
                .doesNotContain("learning-rate", "clip-norm", "scale", "seed");
        assertThat(Suggestion.text(lbfgs, Suggestion.SEED)).isEmpty();
        assertThat(Suggestion.text(lbfgs, Suggestion.SEED, Suggestion.ADAM)).isEqualTo(" Try optimizer.name = adam.");
    }

    @Test
    void reportsLabelsOfOneClass() {
        Diagnosis diagnosis = fullBatch(HIDDEN);
        diagnosis.classes("training", List.of("no", "yes"), List.of(0.0, 12.0), List.of(0.0, 12.0));
        assertThat(diagnosis.symptoms()).extracting(Symptom::rule).containsExactly("one-class");
        assertThat(diagnosis.symptoms().get(0).text()).startsWith("All training examples are of class yes");
        Diagnosis several = fullBatch(HIDDEN);
        several.classes("training", List.of("no", "yes", "maybe"), List.of(3.0, 12.0, 0.0), List.of(5.0, 8.0, 2.0));
        several.classes("training", List.of("no", "yes"), List.of(0.0, 0.0), List.of(0.0, 0.0));
        several.classes("training", List.of(), List.of(), List.of());
        assertThat(several.symptoms()).isEmpty();
    }
}
