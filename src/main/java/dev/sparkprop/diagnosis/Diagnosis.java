package dev.sparkprop.diagnosis;

import dev.sparkprop.training.Iteration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The diagnosis of one training run from its logged iterations and some examples, in constant memory. After an
 * interruption it starts again from scratch.
 */
public final class Diagnosis {
    private final Setup setup;
    private final Batching batching;
    private Learned learned;
    private final RecentLines recentLines = new RecentLines();
    private final Set<String> reportedRules = new HashSet<>();
    /**
     * The current problem found in the logged lines. Only the first matching rule counts: later rules would report
     * the same problem.
     */
    private Optional<Symptom> lineSymptom = Optional.empty();

    private final List<Symptom> exampleSymptoms = new ArrayList<>();

    private enum Batching {
        FULL_BATCH,
        BATCHES
    }

    private Diagnosis(Setup setup, Batching batching) {
        this.setup = setup;
        this.batching = batching;
        this.learned = new Learned(Constant.cost(setup.topology()));
    }

    /** Creates the diagnosis of a training run whose iterations cover all examples. */
    public static Diagnosis ofFullBatch(Setup setup) {
        return new Diagnosis(setup, Batching.FULL_BATCH);
    }

    /**
     * Creates the diagnosis of a training run over batches. Plateaus are not detected, because gradients and costs of
     * batches always fluctuate.
     */
    public static Diagnosis ofBatches(Setup setup) {
        return new Diagnosis(setup, Batching.BATCHES);
    }

    /** Adds a logged iteration. Returns the current problem if its rule has not been reported before. */
    public Optional<Symptom> logged(Iteration iteration) {
        return logged(Line.of(iteration));
    }

    Optional<Symptom> logged(Line line) {
        recentLines.add(line);
        evaluateRules();
        return lineSymptom.filter(symptom -> reportedRules.add(symptom.rule()));
    }

    private void evaluateRules() {
        Stream<Rule> rules = Stream.of(new Guessing(setup), new UpdateLength(setup, learned));
        Stream<Rule> all =
                batching == Batching.BATCHES ? rules : Stream.concat(rules, Stream.of(new Plateau(setup, learned)));
        lineSymptom = all.filter(rule -> rule.applies(recentLines))
                .findFirst()
                .map(rule -> symptom(rule.name(), rule.text(recentLines)));
    }

    /** Returns the current text of a rule, with the iteration since which it has applied without interruption. */
    private Symptom symptom(String rule, String text) {
        int since = lineSymptom
                .filter(before -> before.rule().equals(rule))
                .map(Symptom::iteration)
                .orElse(recentLines.newest().iteration());
        return new Symptom(rule, since, text);
    }

    /** Returns the number of examples that {@link #examples} can use; 0 if it would not detect anything. */
    public int maxExamples() {
        return setup.standardizing() == Setup.Standardizing.OFF
                ? Units.examplesOfFeatures(setup.topology())
                : Units.examples(setup.topology());
    }

    /**
     * Inspects some examples at the end of a training run, after {@link #classes} or {@link #targets}. Takes
     * tens of milliseconds.
     *
     * @param names the names of the features, or empty
     * @param examples the features of each example, as the network receives them
     */
    public void examples(List<String> names, List<double[]> examples, double[] parameters) {
        if (recentLines.isEmpty()) {
            return;
        }
        boolean hasLearned = learned.hasLearned(recentLines);
        if (recentLines.isFull() && !hasLearned && setup.standardizing() == Setup.Standardizing.OFF) {
            // first, because the other problems may be consequences of it
            FeatureSizes.text(names, examples)
                    .ifPresent(text -> exampleSymptoms.add(0, newSymptom(FeatureSizes.NAME, text)));
        }
        exampleSymptoms.addAll(Units.symptoms(
                setup, parameters, examples, hasLearned, recentLines.newest().iteration()));
    }

    /**
     * Inspects labels and predictions at the end of a training run.
     *
     * @param examplesName the kind of examples: {@code training} or {@code validation}
     * @param classes the names of all possible classes
     * @param actual the total weight of the examples of each class
     * @param predicted the total weight of the examples predicted as each class
     */
    public void classes(String examplesName, List<String> classes, List<Double> actual, List<Double> predicted) {
        OneClass.text(examplesName, classes, actual)
                .ifPresent(text -> exampleSymptoms.add(new Symptom(OneClass.NAME, 0, text)));
        constantCosts(Constant.cost(actual));
        // if all outputs are one half, guessing is reported instead, because rounding decides the predicted class
        if (!recentLines.isEmpty()
                && lineSymptom.stream().noneMatch(symptom -> symptom.rule().equals(Guessing.NAME))) {
            Predictions.oneClass(setup, examplesName, classes, actual, predicted)
                    .ifPresent(text -> exampleSymptoms.add(newSymptom(Predictions.ONE_CLASS, text)));
        }
    }

    /** Inspects the variance of numeric targets, as the mean over the outputs, at the end of a training run. */
    public void targets(double variance) {
        constantCosts(variance);
        if (recentLines.isFull()) {
            Predictions.mean(setup, recentLines.newest().cost(), variance)
                    .ifPresent(text -> exampleSymptoms.add(newSymptom(Predictions.MEAN, text)));
        }
    }

    /** Sets the cost of a constant answer, from which high costs are recognized. */
    private void constantCosts(double cost) {
        if (cost > 0) {
            learned = new Learned(cost);
            evaluateRules();
        }
    }

    private Symptom newSymptom(String rule, String text) {
        return new Symptom(rule, recentLines.newest().iteration(), text);
    }

    /** Records that cost or gradient is not finite at an iteration. Returns the diagnosis. */
    public Symptom diverged(int iteration) {
        Symptom symptom = new Symptom(Divergence.NAME, iteration, Divergence.text(setup, recentLines));
        lineSymptom = Optional.of(symptom);
        return symptom;
    }

    /** Returns all current problems. */
    public List<Symptom> symptoms() {
        List<Symptom> all = new ArrayList<>(exampleSymptoms);
        lineSymptom.ifPresent(all::add);
        return all;
    }
}
