package dev.sparkprop.diagnosis;

import dev.sparkprop.optimizer.Adam;
import dev.sparkprop.optimizer.Descent;
import java.math.BigDecimal;
import java.math.MathContext;

/** Suggestions after a cost that is not finite. */
final class Divergence {
    static final String NAME = "divergence";

    /**
     * Suggested ‖step‖ / ‖parameters before‖ of the first update: ten times the usual ratio and a tenth of one that
     * is too long.
     */
    private static final double TARGET_RATIO = 0.01;

    private Divergence() {}

    /** Returns the diagnosis of a training run after the given lines, which may be empty. */
    static String text(Setup setup, RecentLines lines) {
        String cost = "The cost or its gradient was no longer finite";
        if (lines.isEmpty() || !(setup.optimizer() instanceof Descent descent)) {
            return cost + "." + Suggestion.text(setup, Suggestion.STANDARDIZE, Suggestion.SMALLER_WEIGHTS);
        }
        Line first = lines.first();
        double rate = descent.learningRate().initial();
        double length = Math.min(first.gradientNorm(), descent.maxNorm().orElse(Double.POSITIVE_INFINITY));
        // for all rules except Adam, the first update is the learning rate times the gradient
        double ratio = descent.rule() instanceof Adam ? Double.NaN : rate * length / first.parameterNorm();
        String lower = ratio > 10 * TARGET_RATIO && Double.isFinite(ratio)
                ? "A full update at iteration " + first.iteration() + " was " + digits(ratio, 2)
                        + " times as large as the parameters. With optimizer.learning-rate = "
                        + digits(rate * TARGET_RATIO / ratio, 1)
                        + " it would be " + TARGET_RATIO + " times as large: try that"
                : "Try a tenth of the learning rate, optimizer.learning-rate = " + digits(rate / 10, 1);
        return cost + ". " + lower + "." + Suggestion.text(setup, Suggestion.STANDARDIZE, Suggestion.CLIP);
    }

    private static String digits(double value, int count) {
        return String.valueOf(
                new BigDecimal(value).round(new MathContext(count)).doubleValue());
    }
}
