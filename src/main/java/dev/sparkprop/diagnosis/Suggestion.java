package dev.sparkprop.diagnosis;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Adam;
import dev.sparkprop.optimizer.Descent;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What may help a training, unless it is set already. */
enum Suggestion {
    STANDARDIZE("data.standardize = true", setup -> setup.standardizing() == Setup.Standardizing.OFF),
    LOWER_RATE("a lower optimizer.learning-rate", Suggestion::descends),
    TENTH_OF_RATE("a tenth of optimizer.learning-rate", Suggestion::descends),
    LARGER_RATE("a larger optimizer.learning-rate", Suggestion::descends),
    TEN_TIMES_RATE("ten times optimizer.learning-rate, or more", Suggestion::descends),
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
    LARGER_WEIGHTS("a larger network.initial.scale", Suggestion::draws),
    SMALLER_WEIGHTS("smaller initial weights (network.initial.scale)", Suggestion::draws),
    SEED("another seed", Suggestion::draws),
    LONGER("more training.iterations", setup -> true);

    private final String text;
    private final Predicate<Setup> changes;

    Suggestion(String text, Predicate<Setup> changes) {
        this.text = text;
        this.changes = changes;
    }

    /** Those of some suggestions that would change something, after a blank; empty if none would. */
    static String text(Setup setup, Suggestion... suggestions) {
        List<String> open = Stream.of(suggestions)
                .filter(suggestion -> suggestion.changes.test(setup))
                .map(suggestion -> suggestion.text)
                .toList();
        int last = open.size() - 1;
        return switch (open.size()) {
            case 0 -> "";
            case 1 -> " Try " + open.get(0) + ".";
            default -> " Try " + String.join(", ", open.subList(0, last)) + " or " + open.get(last) + ".";
        };
    }

    /** L-BFGS searches the length of each step. */
    private static boolean descends(Setup setup) {
        return setup.optimizer() instanceof Descent;
    }

    private static boolean draws(Setup setup) {
        return setup.scheme() != WeightInitializer.ZERO;
    }
}
