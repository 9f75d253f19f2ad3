package dev.sparkprop.config;

import dev.sparkprop.optimizer.Adam;
import dev.sparkprop.optimizer.Descent;
import dev.sparkprop.optimizer.GradientDescent;
import dev.sparkprop.optimizer.LearningRate;
import dev.sparkprop.optimizer.Momentum;
import dev.sparkprop.optimizer.Nesterov;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.optimizer.UpdateRule;
import java.util.OptionalDouble;

/** Makes an optimizer of the settings under {@code optimizer}. */
final class OptimizerReader {
    private final Settings settings;

    OptimizerReader(Settings settings) {
        this.settings = settings;
    }

    Optimizer read() {
        String clip = "optimizer.clip-norm";
        return new Descent(
                rule(),
                learningRate(),
                settings.has(clip) ? OptionalDouble.of(settings.positive(clip)) : OptionalDouble.empty());
    }

    private UpdateRule rule() {
        // all are read, so that a mistake is told of even where the value is of no use
        double momentum = settings.fraction("optimizer.momentum");
        Adam adam = new Adam(
                settings.fraction("optimizer.beta1"),
                settings.fraction("optimizer.beta2"),
                settings.positive("optimizer.epsilon"));
        String name = settings.text("optimizer.name");
        return switch (name) {
            case "gradient-descent" -> new GradientDescent();
            case "momentum" -> new Momentum(momentum);
            case "nesterov" -> new Nesterov(momentum);
            case "adam" -> adam;
            default -> {
                settings.invalid("optimizer.name", name, "must be gradient-descent, momentum, nesterov or adam");
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
                        "must be a number above 0 and at most 1"),
                (int) settings.integer("optimizer.schedule.warm-up", 0, Integer.MAX_VALUE));
    }
}
