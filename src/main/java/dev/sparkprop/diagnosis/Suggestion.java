package dev.sparkprop.diagnosis;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Adam;
import dev.sparkprop.optimizer.Descent;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Settings that may help a training run, unless they are already set. */
enum Suggestion {
    STANDARDIZE("data.standardize = true", setup -> setup.standardizing() == Setup.Standardizing.OFF),
    LOWER_RATE("a lower optimizer.learning-rate", Suggestion::usesDescent),
    TENTH_OF_RATE("a tenth of optimizer.learning-rate", Suggestion::usesDescent),
    LARGER_RATE("a larger optimizer.learning-rate", Suggestion::usesDescent),
    TEN_TIMES_RATE("at least ten times optimizer.learning-rate", Suggestion::usesDescent),
    CLIP(
            "optimizer.clip-norm",
            setup -> setup.optimizer() instanceof Descent descent
                    && descent.maxNorm().isEmpty()),
    ADAM(
            "optimizer.name = adam",
            setup -> !(setup.optimizer() instanceof Descent descent && descent.rule() instanceof Adam)),
    XAVIER("network.initial.scheme = xavier", setup -> setup.scheme() != WeightInitializer.XAVIER),
    HE("network.initial.scheme = he", setup -> setup.scheme() != WeightInitializer.HE),
    LEAKY_RELU("network.hidden = leaky-relu", setup -> setup.topology().hidden().contains(Activation.RELU)),
    LARGER_WEIGHTS("a larger network.initial.scale", Suggestion::usesRandomWeights),
    SMALLER_WEIGHTS("smaller initial weights (network.initial.scale)", Suggestion::usesRandomWeights),
    SEED("another seed", Suggestion::usesRandomWeights),
    LONGER("more training.iterations", setup -> true);

    private final String text;
    private final Predicate<Setup> changes;

    Suggestion(String text, Predicate<Setup> changes) {
        this.text = text;
        this.changes = changes;
    }

    /** Returns the suggestions that would change a setting, after a blank; empty if there are none. */
    static String text(Setup setup, Suggestion... suggestions) {
        List<String> applicable = Stream.of(suggestions)
                .filter(suggestion -> suggestion.changes.test(setup))
                .map(suggestion -> suggestion.text)
                .toList();
        int last = applicable.size() - 1;
        return switch (applicable.size()) {
            case 0 -> "";
            case 1 -> " Try " + applicable.get(0) + ".";
            default -> " Try " + String.join(", ", applicable.subList(0, last)) + " or " + applicable.get(last) + ".";
        };
    }

    /** L-BFGS has no learning rate; it searches the length of each step. */
    private static boolean usesDescent(Setup setup) {
        return setup.optimizer() instanceof Descent;
    }

    private static boolean usesRandomWeights(Setup setup) {
        return setup.scheme() != WeightInitializer.ZERO;
    }
}
