package dev.sparkprop.diagnosis;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Adam;
import dev.sparkprop.optimizer.Descent;
import java.util.function.Predicate;

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

    String text() {
        return text;
    }

    boolean changes(Setup setup) {
        return changes.test(setup);
    }

    /** L-BFGS searches the length of each step. */
    private static boolean descends(Setup setup) {
        return setup.optimizer() instanceof Descent;
    }

    private static boolean draws(Setup setup) {
        return setup.scheme() != WeightInitializer.ZERO;
    }
}
