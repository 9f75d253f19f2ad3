package dev.sparkprop.cli.score;

import dev.sparkprop.cli.options.UsageException;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.spark.scoring.Decision;
import dev.sparkprop.text.NumberText;

/** The option {@code --threshold}. */
final class ThresholdOption {
    /** The value that asks for the threshold with the best F1. */
    static final String BEST_F1 = "best-f1";

    private ThresholdOption() {}

    /**
     * Returns how to predict a class.
     *
     * @param text the value of the option; null if it is not given
     * @param bestF1 whether {@value #BEST_F1} is allowed
     */
    static Decision decision(String text, LearnedData data, boolean bestF1) throws UsageException {
        if (text == null) {
            return Decision.MOST_PROBABLE;
        }
        if (data.classes().size() != 2) {
            throw new UsageException("Invalid --threshold: " + text + " (must be given only for two classes)");
        }
        if (bestF1 && text.equals(BEST_F1)) {
            return Decision.BEST_F1;
        }
        double threshold = NumberText.parse(text);
        if (!(threshold > 0 && threshold <= 1)) {
            throw new UsageException("Invalid --threshold: " + text + " (must be a probability > 0 and <= 1"
                    + (bestF1 ? ", or " + BEST_F1 : "") + ")");
        }
        return Decision.at(threshold);
    }
}
