package dev.sparkprop.config;

import dev.sparkprop.optimizer.Adam;
import dev.sparkprop.optimizer.BreezeLbfgs;
import dev.sparkprop.optimizer.Descent;
import dev.sparkprop.optimizer.GradientDescent;
import dev.sparkprop.optimizer.LearningRate;
import dev.sparkprop.optimizer.Momentum;
import dev.sparkprop.optimizer.Nesterov;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.optimizer.UpdateRule;
import dev.sparkprop.training.Penalty;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Creates an optimizer from the settings under {@code optimizer}. */
final class OptimizerReader {
    private static final String NAME = "optimizer.name";
    private static final String LBFGS = "l-bfgs";

    private final Settings settings;

    OptimizerReader(Settings settings) {
        this.settings = settings;
    }

    Optimizer read(Penalty penalty, OptionalInt batch) {
        // reads all settings, so that errors are reported even in settings that are not used
        BreezeLbfgs lbfgs = new BreezeLbfgs((int) settings.integer("optimizer.history", 1, Integer.MAX_VALUE));
        String clip = "optimizer.clip-norm";
        Descent descent = new Descent(
                rule(),
                learningRate(),
                settings.has(clip) ? OptionalDouble.of(settings.positive(clip)) : OptionalDouble.empty());
        if (!settings.text(NAME).equals(LBFGS)) {
            return descent;
        }
        if (penalty.l1() > 0) {
            settings.invalid(
                    "network.l1",
                    settings.text("network.l1"),
                    "must be 0 with " + LBFGS + ", which needs a smooth cost");
        }
        if (batch.isPresent()) {
            settings.invalid(
                    "training.batch",
                    batch.getAsInt(),
                    "must be full with " + LBFGS + ", which compares the costs of different parameters");
        }
        return lbfgs;
    }

    private UpdateRule rule() {
        double momentum = settings.fraction("optimizer.momentum");
        Adam adam = new Adam(
                settings.fraction("optimizer.beta1"),
                settings.fraction("optimizer.beta2"),
                settings.positive("optimizer.epsilon"));
        String name = settings.text(NAME);
        return switch (name) {
            // a placeholder for L-BFGS, which does not use an update rule
            case "gradient-descent", LBFGS -> new GradientDescent();
            case "momentum" -> new Momentum(momentum);
            case "nesterov" -> new Nesterov(momentum);
            case "adam" -> adam;
            default -> {
                settings.invalid(NAME, name, "must be gradient-descent, momentum, nesterov, adam or " + LBFGS);
                yield new GradientDescent();
            }
        };
    }

    private LearningRate learningRate() {
        return new LearningRate(
                settings.positive("optimizer.learning-rate"),
                settings.constant("optimizer.schedule.name", LearningRate.Curve.class),
                (int) settings.integer("optimizer.schedule.every", 1, Integer.MAX_VALUE),
                settings.number(
                        "optimizer.schedule.factor",
                        value -> value > 0 && value <= 1,
                        1,
                        "must be a number > 0 and <= 1"),
                (int) settings.integer("optimizer.schedule.warm-up", 0, Integer.MAX_VALUE));
    }
}
