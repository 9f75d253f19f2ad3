package dev.sparkprop.diagnosis;

import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.training.Iteration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is the matter with one training, as far as its logged iterations and some examples tell. Its memory does not grow with them;
 * after an interruption it begins anew.
 */
public final class Diagnosis {
    private final Topology topology;
    private final Optimizer optimizer;
    private final Learned learned;
    private final List<Rule> rules;
    private final Stretch stretch = new Stretch();
    private final Set<String> told = new HashSet<>();
    /** What the lines say now: of all rules the first, since those after it would say no more about the same trouble. */
    private Optional<Symptom> ofLines = Optional.empty();

    private final List<Symptom> ofExamples = new ArrayList<>();

    private Diagnosis(Topology topology, Optimizer optimizer, Optional<Rule> plateau) {
        this.topology = topology;
        this.optimizer = optimizer;
        this.learned = new Learned(topology);
        List<Rule> all = new ArrayList<>(List.of(new Guessing(topology), new UpdateLength(learned)));
        plateau.ifPresent(all::add);
        this.rules = List.copyOf(all);
    }

    /** Of a training over all examples in each iteration. */
    public static Diagnosis whole(Topology topology, Optimizer optimizer) {
        return new Diagnosis(topology, optimizer, Optional.of(new Plateau(new Learned(topology))));
    }

    /** Of a training over batches, whose gradients and costs go up and down as long as it lasts: a plateau is not seen in them. */
    public static Diagnosis ofBatches(Topology topology, Optimizer optimizer) {
        return new Diagnosis(topology, optimizer, Optional.empty());
    }

    /** Hears of a logged iteration; returns what is the matter now, if it is of a rule that has not been told of before. */
    public Optional<Symptom> logged(Iteration iteration) {
        return logged(Line.of(iteration));
    }

    Optional<Symptom> logged(Line line) {
        stretch.add(line);
        ofLines = rules.stream()
                .filter(rule -> rule.applies(stretch))
                .findFirst()
                .map(rule -> symptom(rule.name(), rule.text(stretch)));
        return ofLines.filter(symptom -> told.add(symptom.rule()));
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
        return Units.examples(topology);
    }

    /** Hears of some examples at the end: features of each, as the net takes them. Takes some tens of milliseconds. */
    public void examples(List<double[]> examples, double[] parameters) {
        if (!stretch.isEmpty()) {
            ofExamples.addAll(Units.symptoms(
                    topology,
                    parameters,
                    examples,
                    learned.enough(stretch),
                    stretch.newest().iteration()));
        }
    }

    /**
     * Hears of the labels at the end.
     *
     * @param which examples: {@code training} or {@code validation}
     * @param classes names of all that there could be
     * @param weights of the examples of each class
     */
    public void classes(String which, List<String> classes, List<Double> weights) {
        OneClass.text(which, classes, weights).ifPresent(text -> ofExamples.add(new Symptom(OneClass.NAME, 0, text)));
    }

    /** Hears that cost or gradient was no longer finite at an iteration; returns what to try. */
    public Symptom diverged(int iteration) {
        Symptom symptom = new Symptom(Divergence.NAME, iteration, Divergence.text(optimizer, stretch));
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
