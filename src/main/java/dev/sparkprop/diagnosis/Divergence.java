package dev.sparkprop.diagnosis;

import dev.sparkprop.optimizer.Adam;
import dev.sparkprop.optimizer.Descent;
import java.math.BigDecimal;
import java.math.MathContext;

/** What to try after a cost that was no longer finite. */
final class Divergence {
    static final String NAME = "divergence";

    /** ‖step‖ / ‖parameters before‖ of a first update that may be tried: ten times what is usual, and a tenth of too long. */
    private static final double TRIED = 0.01;

    private Divergence() {}

    /** Words for a training after these lines; none need have come. */
    static String text(Setup setup, Stretch stretch) {
        String cost = "The cost or its gradient was no longer a finite number";
        if (stretch.isEmpty() || !(setup.optimizer() instanceof Descent descent)) {
            return cost + "." + Suggestion.text(setup, Suggestion.STANDARDIZE, Suggestion.SMALLER_WEIGHTS);
        }
        Line first = stretch.first();
        double rate = descent.learningRate().initial();
        double length = Math.min(first.gradientNorm(), descent.maxNorm().orElse(Double.POSITIVE_INFINITY));
        // the first update of all rules but this one is the learning rate times the gradient
        double ratio = descent.rule() instanceof Adam ? Double.NaN : rate * length / first.parameterNorm();
        String lower = ratio > 10 * TRIED && Double.isFinite(ratio)
                ? "A full update at iteration " + first.iteration() + " was " + digits(ratio, 2)
                        + " times as long as the parameters; with optimizer.learning-rate = "
                        + digits(rate * TRIED / ratio, 1)
                        + " it would be " + TRIED + " times: try that"
                : "Try a tenth of the learning rate, optimizer.learning-rate = " + digits(rate / 10, 1);
        return cost + ". " + lower + "." + Suggestion.text(setup, Suggestion.STANDARDIZE, Suggestion.CLIP);
    }

    private static String digits(double value, int count) {
        return String.valueOf(
                new BigDecimal(value).round(new MathContext(count)).doubleValue());
    }
}
