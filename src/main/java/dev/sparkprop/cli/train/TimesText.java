package dev.sparkprop.cli.train;

import dev.sparkprop.store.RunRecord;
import dev.sparkprop.text.ConstantName;
import dev.sparkprop.text.Words;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.Ledger.Phase;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes where the time of training was spent. */
final class TimesText {
    /** Fraction of an iteration up to which Spark's overhead is considered small. */
    private static final double SMALL_OVERHEAD = 0.1;

    /** Phases with a smaller fraction of the time are omitted. They would be shown as 0 %. */
    private static final double SHOWN_SHARE = 0.005;

    private TimesText() {}

    /** Returns the mean number of examples per evaluation. */
    static double examplesPerEvaluation(RunRecord.Result run) {
        return run.examplesPerSecond() * run.seconds() / run.evaluations();
    }

    /**
     * Returns two lines of text.
     *
     * @param examplesPerMillisecond the rate of the tasks when they have enough to compute
     */
    static String of(Ledger.Times times, double examplesPerMillisecond) {
        double total = times.total();
        String shares = times.milliseconds().entrySet().stream()
                .filter(phase -> phase.getValue() >= SHOWN_SHARE * total)
                .sorted(Map.Entry.<Phase, Double>comparingByValue().reversed())
                .map(phase -> text("%s %.0f %%", ConstantName.of(phase.getKey()), 100 * phase.getValue() / total))
                .collect(Collectors.joining(", "));
        String stragglers = times.stragglers() > 1
                ? text("; the slowest task takes %.2f times as long as the mean", times.stragglers())
                : "";
        double overhead = times.overhead();
        String enough = overhead > SMALL_OVERHEAD * total
                ? text(
                        "; with about %s examples it would be below %.0f %%",
                        Words.rounded(overhead * (1 / SMALL_OVERHEAD - 1) * examplesPerMillisecond, 1),
                        100 * SMALL_OVERHEAD)
                : "";
        return text(
                "Time per iteration: %s%s%nSpark's overhead is %.0f %% of the time%s%n",
                shares, stragglers, 100 * overhead / total, enough);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
