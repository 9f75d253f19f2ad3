package dev.sparkprop.diagnosis;

import dev.sparkprop.training.Iteration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is the matter with one training, as far as its logged iterations and some examples tell. Its memory does not grow with them;
 * after an interruption it begins anew.
 */
public final class Diagnosis {
    private final Setup setup;
    private final Course course;
    private Learned learned;
    private final Stretch stretch = new Stretch();
    private final Set<String> told = new HashSet<>();
    /** What the lines say now: of all rules the first, since those after it would say no more about the same trouble. */
    private Optional<Symptom> ofLines = Optional.empty();

    private final List<Symptom> ofExamples = new ArrayList<>();

    private enum Course {
        WHOLE,
        BATCHES
    }

    private Diagnosis(Setup setup, Course course) {
        this.setup = setup;
        this.course = course;
        this.learned = new Learned(Constant.cost(setup.topology()));
    }

    /** Of a training over all examples in each iteration. */
    public static Diagnosis whole(Setup setup) {
        return new Diagnosis(setup, Course.WHOLE);
    }

    /** Of a training over batches, whose gradients and costs go up and down as long as it lasts: a plateau is not seen in them. */
    public static Diagnosis ofBatches(Setup setup) {
        return new Diagnosis(setup, Course.BATCHES);
    }

    /** Hears of a logged iteration; returns what is the matter now, if it is of a rule that has not been told of before. */
    public Optional<Symptom> logged(Iteration iteration) {
        return logged(Line.of(iteration));
    }

    Optional<Symptom> logged(Line line) {
        stretch.add(line);
        judgeLines();
        return ofLines.filter(symptom -> told.add(symptom.rule()));
    }

    private void judgeLines() {
        Stream<Rule> rules = Stream.of(new Guessing(setup), new UpdateLength(setup, learned));
        Stream<Rule> all =
                course == Course.BATCHES ? rules : Stream.concat(rules, Stream.of(new Plateau(setup, learned)));
        ofLines = all.filter(rule -> rule.applies(stretch))
                .findFirst()
                .map(rule -> symptom(rule.name(), rule.text(stretch)));
    }

    /** The words of a rule now, with the iteration since which it has been so without a break. */
    private Symptom symptom(String rule, String text) {
        int since = ofLines.filter(before -> before.rule().equals(rule))
                .map(Symptom::iteration)
                .orElse(stretch.newest().iteration());
        return new Symptom(rule, since, text);
    }

    /** How many examples {@link #examples} can do with; 0 if there is nothing that it would see. */
    public int examplesWanted() {
        return setup.standardizing() == Setup.Standardizing.OFF
                ? Units.examplesOfFeatures(setup.topology())
                : Units.examples(setup.topology());
    }

    /**
     * Takes some examples at the end, after {@link #classes} or {@link #targets}. Takes some tens of milliseconds.
     *
     * @param names of the features, or none
     * @param examples features of each, as the net takes them
     */
    public void examples(List<String> names, List<double[]> examples, double[] parameters) {
        if (stretch.isEmpty()) {
            return;
        }
        boolean enough = learned.enough(stretch);
        if (stretch.isFull() && !enough && setup.standardizing() == Setup.Standardizing.OFF) {
            // first, as the others may follow from it
            FeatureSizes.text(names, examples).ifPresent(text -> ofExamples.add(0, now(FeatureSizes.NAME, text)));
        }
        ofExamples.addAll(Units.symptoms(
                setup, parameters, examples, enough, stretch.newest().iteration()));
    }

    /**
     * Takes the labels and the predictions at the end.
     *
     * @param which examples: {@code training} or {@code validation}
     * @param classes names of all that there could be
     * @param actual weights of the examples of each class
     * @param predicted weights of the examples that are taken for each class
     */
    public void classes(String which, List<String> classes, List<Double> actual, List<Double> predicted) {
        OneClass.text(which, classes, actual).ifPresent(text -> ofExamples.add(new Symptom(OneClass.NAME, 0, text)));
        constantCosts(Constant.cost(actual));
        // a net that says one half of all is told so, whatever side of it rounding decides for
        if (!stretch.isEmpty()
                && ofLines.stream().noneMatch(symptom -> symptom.rule().equals(Guessing.NAME))) {
            Predictions.oneClass(setup, which, classes, actual, predicted)
                    .ifPresent(text -> ofExamples.add(now(Predictions.ONE_CLASS, text)));
        }
    }

    /** Takes the variance of numeric targets at the end, as the mean over the outputs. */
    public void targets(double variance) {
        constantCosts(variance);
        if (stretch.isFull()) {
            Predictions.mean(setup, stretch.newest().cost(), variance)
                    .ifPresent(text -> ofExamples.add(now(Predictions.MEAN, text)));
        }
    }

    /** Decides which costs are high by what is known about the data. */
    private void constantCosts(double cost) {
        if (cost > 0) {
            learned = new Learned(cost);
            judgeLines();
        }
    }

    private Symptom now(String rule, String text) {
        return new Symptom(rule, stretch.newest().iteration(), text);
    }

    /** Hears that cost or gradient was no longer finite at an iteration; returns what to try. */
    public Symptom diverged(int iteration) {
        Symptom symptom = new Symptom(Divergence.NAME, iteration, Divergence.text(setup, stretch));
        ofLines = Optional.of(symptom);
        return symptom;
    }

    /** All that is the matter as it stands. */
    public List<Symptom> symptoms() {
        List<Symptom> all = new ArrayList<>(ofExamples);
        ofLines.ifPresent(all::add);
        return all;
    }
}
